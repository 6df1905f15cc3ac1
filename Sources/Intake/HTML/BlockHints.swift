/// What the names that an element goes by (its class, id, role) tell of what it holds.
struct BlockHints: OptionSet {
    let rawValue: UInt32

    /// The article's text.
    static let body = BlockHints(rawValue: 1 << 0)
    static let comments = BlockHints(rawValue: 1 << 1)
    static let newsletter = BlockHints(rawValue: 1 << 2)
    static let share = BlockHints(rawValue: 1 << 3)
    static let related = BlockHints(rawValue: 1 << 4)
    static let advertising = BlockHints(rawValue: 1 << 5)
    static let consent = BlockHints(rawValue: 1 << 6)
    static let navigation = BlockHints(rawValue: 1 << 7)
    static let sidebar = BlockHints(rawValue: 1 << 8)
    static let footer = BlockHints(rawValue: 1 << 9)
    static let caption = BlockHints(rawValue: 1 << 10)
    static let byline = BlockHints(rawValue: 1 << 11)
    static let time = BlockHints(rawValue: 1 << 12)
    static let tags = BlockHints(rawValue: 1 << 13)
    /// For a screen reader, for print: told twice, or no part of the text.
    static let unseen = BlockHints(rawValue: 1 << 14)
    static let overlay = BlockHints(rawValue: 1 << 15)
    static let media = BlockHints(rawValue: 1 << 16)
    static let embed = BlockHints(rawValue: 1 << 18)
    static let livePost = BlockHints(rawValue: 1 << 19)
    static let about = BlockHints(rawValue: 1 << 20)
    static let rating = BlockHints(rawValue: 1 << 21)
    /// `has-`, `with-`: the word behind it tells of something else than the element itself.
    static let negates = BlockHints(rawValue: 1 << 22)
    static let contents = BlockHints(rawValue: 1 << 23)
    static let liveBlog = BlockHints(rawValue: 1 << 24)
    static let pullQuote = BlockHints(rawValue: 1 << 25)

    /// What holds none of the article's text.
    static let outside: BlockHints = [
        .comments, .newsletter, .share, .related, .advertising, .consent, .navigation, .sidebar, .footer, .tags,
        .unseen, .overlay, .about, .rating, .contents, .pullQuote,
    ]

    /// The hints of a class, an id or a role: its words, parted by whatever is no letter and by capitals, and each with the
    /// word behind it.
    static func of(_ range: Range<Int>, in bytes: [UInt8]) -> BlockHints {
        var hints: BlockHints = []
        var at = range.lowerBound
        let end = range.upperBound
        var before: UInt64 = 0
        var isNegated = false
        while at < end {
            let lead = bytes[at]
            guard UInt8(ascii: "a")...UInt8(ascii: "z") ~= lead | 0x20 else {
                if lead <= 32 {
                    before = 0
                    isNegated = false
                }
                at += 1
                continue
            }
            var hash = seed
            var next = at
            var joined = before
            repeat {
                let byte = bytes[next]
                guard UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 else { break }
                let isCapital = byte & 0x20 == 0
                // A hump begins a word, a run of capitals is one.
                if isCapital, next > at, bytes[next - 1] & 0x20 != 0 { break }
                let lower = UInt64(byte | 0x20)
                hash = (hash ^ lower) &* prime
                joined = (joined ^ lower) &* prime
                next += 1
            } while next < end
            var found = known(hash)
            if before != 0 { found.formUnion(known(joined)) }
            if found.contains(.negates) {
                isNegated = true
            } else if !isNegated || !found.isDisjoint(with: .body) {
                hints.formUnion(found)
            }
            before = hash
            at = next
        }
        hints.remove(.negates)
        return hints
    }

    // MARK: Words

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private struct Entry {
        var key: UInt64 = 0
        var hints: BlockHints = []
    }

    private static func known(_ hash: UInt64) -> BlockHints {
        var slot = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 54)
        while true {
            let entry = table[slot]
            if entry.key == hash { return entry.hints }
            if entry.key == 0 { return [] }
            slot = (slot + 1) & 1023
        }
    }

    private static let table: [Entry] = {
        var table = [Entry](repeating: Entry(), count: 1024)
        for (hints, words) in vocabulary {
            for word in words.split(separator: " ") {
                let hash = word.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* prime }
                var slot = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 54)
                while table[slot].key != 0, table[slot].key != hash { slot = (slot + 1) & 1023 }
                table[slot].key = hash
                table[slot].hints.formUnion(hints)
            }
        }
        return table
    }()

    /// Words of class names, and pairs of words written as one.
    private static let vocabulary: [(BlockHints, String)] = [
        (
            .body,
            """
            articlebody storybody entrycontent postcontent postbody entrybody articlecontent storycontent articletext \
            storytext newsbody newstext newscontent contentbody bodycontent bodytext bodycopy bodymain articlemain \
            maintext fulltext contenttext textcontent articlecopy storycopy bodycopy contentarticle articledetail \
            detailtext detailcontent articlesection pagecontent blogcontent blogbody singlecontent tdpostcontent
            """
        ),
        (
            .comments,
            "comment comments disqus commenting respond discussion replies coral commentlist livefyre talkback"
        ),
        (
            .newsletter,
            """
            newsletter newsletters subscribe subscription subscriber signup mailchimp optin emailsignup paywall \
            regwall piano meter subscribebox donate donation donations membership
            """
        ),
        (
            .share,
            """
            share shares sharing social socials addthis sharethis sharedaddy sharebar sharetools socialshare \
            followus follow addtoany socialmedia jpshare
            """
        ),
        (
            .related,
            """
            related recommended recommendation recommendations recommend recirc recirculation trending popular \
            mostread mostpopular readmore readnext readalso seealso alsolike morefrom moreon morenews morestories \
            outbrain taboola zergnet teaser teasers promo promos nextup upnext latest latestnews youmaylike relatedposts \
            relatedstories relatedarticles relatedcontent jprelatedposts yarpp similar crosslink crosslinks nextarticle \
            nextpost prevpost nextprev prevnext hotnews othernews relevant spotlight whatnext relatedlink \
            relatedlinks relatednews readalsowidget moreheadlines furtherreading editorspicks
            """
        ),
        (
            .advertising,
            """
            ad ads adv advert adverts advertisement advertising advertorial adsense adslot adunit adwrap adcontainer \
            adbox sponsor sponsored sponsors banner dfp gpt outstream affiliate partner partners shopping \
            adsbygoogle googlead adblock
            """
        ),
        (.consent, "cookie cookies consent gdpr cookiebar cookienotice cookiebanner ccpa eupopup onetrust"),
        (
            .navigation,
            """
            nav navbar navigation menu menus submenu breadcrumb breadcrumbs pagination pager paginator topbar masthead \
            sitenav megamenu dropdown skiplink skip toolbar paging pagenav navlinks offcanvas hamburger siteheader search \
            searchform login signin
            """
        ),
        (.sidebar, "sidebar aside rail rightrail leftrail rightcol leftcol sidecol complementary widgetarea sideblock"),
        (
            .footer,
            """
            footer colophon copyright sitefooter pagefooter contentinfo metabar articlefooter postfooter \
            entryfooter storyfooter
            """
        ),
        (
            .caption,
            """
            caption captions captiontext photocaption imagecaption imgcaption wpcaption photocredit imagecredit \
            credit credits figcaption mediacaption picturecaption photoby copyrightholder legend imagesource
            """
        ),
        (
            .byline,
            """
            byline bylines author authors postauthor articleauthor contributor contributors reporter dateline \
            writtenby authorname authorinfo entrymeta articlemeta storymeta postinfo articleinfo
            """
        ),
        (.about, "authorbio aboutauthor bio biography authorbox aboutme authorcard authordescription authorprofile"),
        (
            .time,
            """
            timestamp pubdate published publishdate postdate entrydate articledate publishdate updated datetime \
            publicationdate lastupdated timeago posttime readingtime readtime
            """
        ),
        (
            .tags,
            "tags taglist keywords topics topiclist posttags articletags tagcloud hashtags categories tagscloud tagsection"
        ),
        (
            .unseen,
            """
            sronly screenreader visuallyhidden screenreadertext visuallyhide assistivetext printonly noprint accessibility \
            hiddentext offscreen
            """
        ),
        (
            .overlay,
            """
            modal popup popover overlay lightbox tooltip dialog interstitial toast alertdialog flyout snackbar
            """
        ),
        (
            .media,
            """
            gallery slideshow slideshows carousel slider video videoplayer player jwplayer brightcove photogallery audio \
            audioplayer podcast playlist
            """
        ),
        (.embed, "embed tweet twittertweet instagrammedia fbpost embedded instagram"),
        (.pullQuote, "pullquote pullquotes pulledquote"),
        (
            .livePost,
            "liveblogpost livepost liveentry liveupdate liveblogentry liveblogupdate blocktime liveblogblock"
        ),
        (.liveBlog, "liveblog liveblogs liveblogging livecoverage liveupdates liveticker"),
        (.rating, "rating ratings vote voting poll stars starrating"),
        (.negates, "has no with without is not hide show enable disable"),
        (.contents, "toc tableofcontents contentslist jumplinks"),
    ]
}
