internal import Record

/// Text as it may stand in a page.
enum HTML {
    /// The text with all that means something to a browser escaped.
    static func text(_ text: String) -> String { Markup.text(text) }

    /// A whole page.
    static func page(_ title: String, _ body: String, query: String = "") -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(text(title)) · Onrecord</title>
        <link rel="stylesheet" href="/desk.css">
        </head>
        <body>
        <header>
        <a class="home" href="/">Onrecord</a>
        <nav aria-label="Main"><a href="/">Incidents</a> <a href="/sources">Sources</a></nav>
        <form action="/search" role="search"><label for="q">Search sentences</label> <input id="q" name="q" type="search" value="\(text(query))"> <button>Search</button></form>
        </header>
        <main>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    /// Rows under a header; cells are HTML already. Columns in `numbers` are set flush right.
    static func table(_ caption: String, _ header: [String], _ rows: [[String]], numbers: Set<Int> = []) -> String {
        func cells(_ cells: [String], _ tag: String) -> String {
            cells.enumerated().map { column, cell in
                let scope = tag == "th" ? " scope=\"col\"" : ""
                return "<\(tag)\(scope)\(numbers.contains(column) ? " class=\"number\"" : "")>\(cell)</\(tag)>"
            }.joined()
        }
        let body = rows.map { "<tr>\(cells($0, "td"))</tr>" }.joined(separator: "\n")
        return
            "<table><caption>\(text(caption))</caption>\n<thead><tr>\(cells(header.map(text), "th"))</tr></thead>\n<tbody>\n\(body)\n</tbody></table>"
    }
}
