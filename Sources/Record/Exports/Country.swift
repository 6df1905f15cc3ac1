/// A country as other recorders write it.
struct Country: Hashable, Sendable {
    /// ISO 3166-1 alpha-2: `SY`.
    let code: String
    /// ISO 3166-1 alpha-3: `SYR`.
    let long: String
    /// ISO 3166-1 numeric: 760; nil where ISO gives none.
    let number: Int?
    /// Its usual English name.
    let name: String
    /// Which of the Uppsala Conflict Data Program's five regions it lies in; empty for Antarctica.
    let region: String
    /// Which of the Armed Conflict Location & Event Data project's regions it lies in.
    let acledRegion: String

    /// The country of an ISO 3166-1 alpha-2 code, in capitals or not.
    static func of(_ code: String?) -> Country? { code.flatMap { table[$0.uppercased()] } }

    private static let table: [String: Country] = {
        var table: [String: Country] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 6 else { continue }
            table[cells[0]] = Country(
                code: cells[0], long: cells[1], number: Int(cells[2]), name: cells[3], region: cells[4],
                acledRegion: cells[5])
        }
        return table
    }()

    /// Codes and names after GeoNames (CC BY 4.0, geonames.org), some names as newsrooms write them. Regions by hand: UCDP's
    /// follow the Gleditsch and Ward numbers of states, with Oceania in Asia; ACLED's follow its list of coverage.
    private static let rows = """
        AD|AND|20|Andorra|Europe|Europe
        AE|ARE|784|United Arab Emirates|Middle East|Middle East
        AF|AFG|4|Afghanistan|Asia|Caucasus and Central Asia
        AG|ATG|28|Antigua and Barbuda|Americas|Caribbean
        AI|AIA|660|Anguilla|Americas|Caribbean
        AL|ALB|8|Albania|Europe|Europe
        AM|ARM|51|Armenia|Europe|Caucasus and Central Asia
        AO|AGO|24|Angola|Africa|Middle Africa
        AQ|ATA|10|Antarctica||Antarctica
        AR|ARG|32|Argentina|Americas|South America
        AS|ASM|16|American Samoa|Asia|Oceania
        AT|AUT|40|Austria|Europe|Europe
        AU|AUS|36|Australia|Asia|Oceania
        AW|ABW|533|Aruba|Americas|Caribbean
        AX|ALA|248|Aland Islands|Europe|Europe
        AZ|AZE|31|Azerbaijan|Europe|Caucasus and Central Asia
        BA|BIH|70|Bosnia and Herzegovina|Europe|Europe
        BB|BRB|52|Barbados|Americas|Caribbean
        BD|BGD|50|Bangladesh|Asia|South Asia
        BE|BEL|56|Belgium|Europe|Europe
        BF|BFA|854|Burkina Faso|Africa|Western Africa
        BG|BGR|100|Bulgaria|Europe|Europe
        BH|BHR|48|Bahrain|Middle East|Middle East
        BI|BDI|108|Burundi|Africa|Eastern Africa
        BJ|BEN|204|Benin|Africa|Western Africa
        BL|BLM|652|Saint Barthelemy|Americas|Caribbean
        BM|BMU|60|Bermuda|Americas|North America
        BN|BRN|96|Brunei|Asia|Southeast Asia
        BO|BOL|68|Bolivia|Americas|South America
        BQ|BES|535|Bonaire, Saint Eustatius and Saba |Americas|Caribbean
        BR|BRA|76|Brazil|Americas|South America
        BS|BHS|44|Bahamas|Americas|Caribbean
        BT|BTN|64|Bhutan|Asia|South Asia
        BV|BVT|74|Bouvet Island||Antarctica
        BW|BWA|72|Botswana|Africa|Southern Africa
        BY|BLR|112|Belarus|Europe|Europe
        BZ|BLZ|84|Belize|Americas|Central America
        CA|CAN|124|Canada|Americas|North America
        CC|CCK|166|Cocos Islands|Asia|Southeast Asia
        CD|COD|180|Democratic Republic of the Congo|Africa|Middle Africa
        CF|CAF|140|Central African Republic|Africa|Middle Africa
        CG|COG|178|Republic of the Congo|Africa|Middle Africa
        CH|CHE|756|Switzerland|Europe|Europe
        CI|CIV|384|Ivory Coast|Africa|Western Africa
        CK|COK|184|Cook Islands|Asia|Oceania
        CL|CHL|152|Chile|Americas|South America
        CM|CMR|120|Cameroon|Africa|Middle Africa
        CN|CHN|156|China|Asia|East Asia
        CO|COL|170|Colombia|Americas|South America
        CR|CRI|188|Costa Rica|Americas|Central America
        CU|CUB|192|Cuba|Americas|Caribbean
        CV|CPV|132|Cape Verde|Africa|Western Africa
        CW|CUW|531|Curacao|Americas|Caribbean
        CX|CXR|162|Christmas Island|Asia|Southeast Asia
        CY|CYP|196|Cyprus|Europe|Europe
        CZ|CZE|203|Czechia|Europe|Europe
        DE|DEU|276|Germany|Europe|Europe
        DJ|DJI|262|Djibouti|Africa|Eastern Africa
        DK|DNK|208|Denmark|Europe|Europe
        DM|DMA|212|Dominica|Americas|Caribbean
        DO|DOM|214|Dominican Republic|Americas|Caribbean
        DZ|DZA|12|Algeria|Africa|Northern Africa
        EC|ECU|218|Ecuador|Americas|South America
        EE|EST|233|Estonia|Europe|Europe
        EG|EGY|818|Egypt|Middle East|Northern Africa
        EH|ESH|732|Western Sahara|Africa|Northern Africa
        ER|ERI|232|Eritrea|Africa|Eastern Africa
        ES|ESP|724|Spain|Europe|Europe
        ET|ETH|231|Ethiopia|Africa|Eastern Africa
        FI|FIN|246|Finland|Europe|Europe
        FJ|FJI|242|Fiji|Asia|Oceania
        FK|FLK|238|Falkland Islands|Americas|South America
        FM|FSM|583|Micronesia|Asia|Oceania
        FO|FRO|234|Faroe Islands|Europe|Europe
        FR|FRA|250|France|Europe|Europe
        GA|GAB|266|Gabon|Africa|Middle Africa
        GB|GBR|826|United Kingdom|Europe|Europe
        GD|GRD|308|Grenada|Americas|Caribbean
        GE|GEO|268|Georgia|Europe|Caucasus and Central Asia
        GF|GUF|254|French Guiana|Americas|South America
        GG|GGY|831|Guernsey|Europe|Europe
        GH|GHA|288|Ghana|Africa|Western Africa
        GI|GIB|292|Gibraltar|Europe|Europe
        GL|GRL|304|Greenland|Americas|North America
        GM|GMB|270|Gambia|Africa|Western Africa
        GN|GIN|324|Guinea|Africa|Western Africa
        GP|GLP|312|Guadeloupe|Americas|Caribbean
        GQ|GNQ|226|Equatorial Guinea|Africa|Middle Africa
        GR|GRC|300|Greece|Europe|Europe
        GS|SGS|239|South Georgia and the South Sandwich Islands||South America
        GT|GTM|320|Guatemala|Americas|Central America
        GU|GUM|316|Guam|Asia|Oceania
        GW|GNB|624|Guinea-Bissau|Africa|Western Africa
        GY|GUY|328|Guyana|Americas|South America
        HK|HKG|344|Hong Kong|Asia|East Asia
        HM|HMD|334|Heard Island and McDonald Islands||Antarctica
        HN|HND|340|Honduras|Americas|Central America
        HR|HRV|191|Croatia|Europe|Europe
        HT|HTI|332|Haiti|Americas|Caribbean
        HU|HUN|348|Hungary|Europe|Europe
        ID|IDN|360|Indonesia|Asia|Southeast Asia
        IE|IRL|372|Ireland|Europe|Europe
        IL|ISR|376|Israel|Middle East|Middle East
        IM|IMN|833|Isle of Man|Europe|Europe
        IN|IND|356|India|Asia|South Asia
        IO|IOT|86|British Indian Ocean Territory|Asia|South Asia
        IQ|IRQ|368|Iraq|Middle East|Middle East
        IR|IRN|364|Iran|Middle East|Middle East
        IS|ISL|352|Iceland|Europe|Europe
        IT|ITA|380|Italy|Europe|Europe
        JE|JEY|832|Jersey|Europe|Europe
        JM|JAM|388|Jamaica|Americas|Caribbean
        JO|JOR|400|Jordan|Middle East|Middle East
        JP|JPN|392|Japan|Asia|East Asia
        KE|KEN|404|Kenya|Africa|Eastern Africa
        KG|KGZ|417|Kyrgyzstan|Asia|Caucasus and Central Asia
        KH|KHM|116|Cambodia|Asia|Southeast Asia
        KI|KIR|296|Kiribati|Asia|Oceania
        KM|COM|174|Comoros|Africa|Eastern Africa
        KN|KNA|659|Saint Kitts and Nevis|Americas|Caribbean
        KP|PRK|408|North Korea|Asia|East Asia
        KR|KOR|410|South Korea|Asia|East Asia
        KW|KWT|414|Kuwait|Middle East|Middle East
        KY|CYM|136|Cayman Islands|Americas|Caribbean
        KZ|KAZ|398|Kazakhstan|Asia|Caucasus and Central Asia
        LA|LAO|418|Laos|Asia|Southeast Asia
        LB|LBN|422|Lebanon|Middle East|Middle East
        LC|LCA|662|Saint Lucia|Americas|Caribbean
        LI|LIE|438|Liechtenstein|Europe|Europe
        LK|LKA|144|Sri Lanka|Asia|South Asia
        LR|LBR|430|Liberia|Africa|Western Africa
        LS|LSO|426|Lesotho|Africa|Southern Africa
        LT|LTU|440|Lithuania|Europe|Europe
        LU|LUX|442|Luxembourg|Europe|Europe
        LV|LVA|428|Latvia|Europe|Europe
        LY|LBY|434|Libya|Africa|Northern Africa
        MA|MAR|504|Morocco|Africa|Northern Africa
        MC|MCO|492|Monaco|Europe|Europe
        MD|MDA|498|Moldova|Europe|Europe
        ME|MNE|499|Montenegro|Europe|Europe
        MF|MAF|663|Saint Martin|Americas|Caribbean
        MG|MDG|450|Madagascar|Africa|Eastern Africa
        MH|MHL|584|Marshall Islands|Asia|Oceania
        MK|MKD|807|North Macedonia|Europe|Europe
        ML|MLI|466|Mali|Africa|Western Africa
        MM|MMR|104|Myanmar|Asia|Southeast Asia
        MN|MNG|496|Mongolia|Asia|East Asia
        MO|MAC|446|Macao|Asia|East Asia
        MP|MNP|580|Northern Mariana Islands|Asia|Oceania
        MQ|MTQ|474|Martinique|Americas|Caribbean
        MR|MRT|478|Mauritania|Africa|Western Africa
        MS|MSR|500|Montserrat|Americas|Caribbean
        MT|MLT|470|Malta|Europe|Europe
        MU|MUS|480|Mauritius|Africa|Eastern Africa
        MV|MDV|462|Maldives|Asia|South Asia
        MW|MWI|454|Malawi|Africa|Eastern Africa
        MX|MEX|484|Mexico|Americas|Central America
        MY|MYS|458|Malaysia|Asia|Southeast Asia
        MZ|MOZ|508|Mozambique|Africa|Eastern Africa
        NA|NAM|516|Namibia|Africa|Southern Africa
        NC|NCL|540|New Caledonia|Asia|Oceania
        NE|NER|562|Niger|Africa|Western Africa
        NF|NFK|574|Norfolk Island|Asia|Oceania
        NG|NGA|566|Nigeria|Africa|Western Africa
        NI|NIC|558|Nicaragua|Americas|Central America
        NL|NLD|528|The Netherlands|Europe|Europe
        NO|NOR|578|Norway|Europe|Europe
        NP|NPL|524|Nepal|Asia|South Asia
        NR|NRU|520|Nauru|Asia|Oceania
        NU|NIU|570|Niue|Asia|Oceania
        NZ|NZL|554|New Zealand|Asia|Oceania
        OM|OMN|512|Oman|Middle East|Middle East
        PA|PAN|591|Panama|Americas|Central America
        PE|PER|604|Peru|Americas|South America
        PF|PYF|258|French Polynesia|Asia|Oceania
        PG|PNG|598|Papua New Guinea|Asia|Oceania
        PH|PHL|608|Philippines|Asia|Southeast Asia
        PK|PAK|586|Pakistan|Asia|South Asia
        PL|POL|616|Poland|Europe|Europe
        PM|SPM|666|Saint Pierre and Miquelon|Americas|North America
        PN|PCN|612|Pitcairn|Asia|Oceania
        PR|PRI|630|Puerto Rico|Americas|Caribbean
        PS|PSE|275|Palestine|Middle East|Middle East
        PT|PRT|620|Portugal|Europe|Europe
        PW|PLW|585|Palau|Asia|Oceania
        PY|PRY|600|Paraguay|Americas|South America
        QA|QAT|634|Qatar|Middle East|Middle East
        RE|REU|638|Reunion|Africa|Eastern Africa
        RO|ROU|642|Romania|Europe|Europe
        RS|SRB|688|Serbia|Europe|Europe
        RU|RUS|643|Russia|Europe|Europe
        RW|RWA|646|Rwanda|Africa|Eastern Africa
        SA|SAU|682|Saudi Arabia|Middle East|Middle East
        SB|SLB|90|Solomon Islands|Asia|Oceania
        SC|SYC|690|Seychelles|Africa|Eastern Africa
        SD|SDN|729|Sudan|Africa|Northern Africa
        SE|SWE|752|Sweden|Europe|Europe
        SG|SGP|702|Singapore|Asia|Southeast Asia
        SH|SHN|654|Saint Helena|Africa|Western Africa
        SI|SVN|705|Slovenia|Europe|Europe
        SJ|SJM|744|Svalbard and Jan Mayen|Europe|Europe
        SK|SVK|703|Slovakia|Europe|Europe
        SL|SLE|694|Sierra Leone|Africa|Western Africa
        SM|SMR|674|San Marino|Europe|Europe
        SN|SEN|686|Senegal|Africa|Western Africa
        SO|SOM|706|Somalia|Africa|Eastern Africa
        SR|SUR|740|Suriname|Americas|South America
        SS|SSD|728|South Sudan|Africa|Eastern Africa
        ST|STP|678|Sao Tome and Principe|Africa|Middle Africa
        SV|SLV|222|El Salvador|Americas|Central America
        SX|SXM|534|Sint Maarten|Americas|Caribbean
        SY|SYR|760|Syria|Middle East|Middle East
        SZ|SWZ|748|Eswatini|Africa|Southern Africa
        TC|TCA|796|Turks and Caicos Islands|Americas|Caribbean
        TD|TCD|148|Chad|Africa|Middle Africa
        TF|ATF|260|French Southern Territories||Antarctica
        TG|TGO|768|Togo|Africa|Western Africa
        TH|THA|764|Thailand|Asia|Southeast Asia
        TJ|TJK|762|Tajikistan|Asia|Caucasus and Central Asia
        TK|TKL|772|Tokelau|Asia|Oceania
        TL|TLS|626|Timor-Leste|Asia|Southeast Asia
        TM|TKM|795|Turkmenistan|Asia|Caucasus and Central Asia
        TN|TUN|788|Tunisia|Africa|Northern Africa
        TO|TON|776|Tonga|Asia|Oceania
        TR|TUR|792|Turkey|Middle East|Middle East
        TT|TTO|780|Trinidad and Tobago|Americas|Caribbean
        TV|TUV|798|Tuvalu|Asia|Oceania
        TW|TWN|158|Taiwan|Asia|East Asia
        TZ|TZA|834|Tanzania|Africa|Eastern Africa
        UA|UKR|804|Ukraine|Europe|Europe
        UG|UGA|800|Uganda|Africa|Eastern Africa
        UM|UMI|581|United States Minor Outlying Islands|Asia|Oceania
        US|USA|840|United States|Americas|North America
        UY|URY|858|Uruguay|Americas|South America
        UZ|UZB|860|Uzbekistan|Asia|Caucasus and Central Asia
        VA|VAT|336|Vatican City|Europe|Europe
        VC|VCT|670|Saint Vincent and the Grenadines|Americas|Caribbean
        VE|VEN|862|Venezuela|Americas|South America
        VG|VGB|92|British Virgin Islands|Americas|Caribbean
        VI|VIR|850|U.S. Virgin Islands|Americas|Caribbean
        VN|VNM|704|Vietnam|Asia|Southeast Asia
        VU|VUT|548|Vanuatu|Asia|Oceania
        WF|WLF|876|Wallis and Futuna|Asia|Oceania
        WS|WSM|882|Samoa|Asia|Oceania
        XK|XKX||Kosovo|Europe|Europe
        YE|YEM|887|Yemen|Middle East|Middle East
        YT|MYT|175|Mayotte|Africa|Eastern Africa
        ZA|ZAF|710|South Africa|Africa|Southern Africa
        ZM|ZMB|894|Zambia|Africa|Eastern Africa
        ZW|ZWE|716|Zimbabwe|Africa|Eastern Africa
        """
}
