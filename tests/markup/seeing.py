"""What a browser would meet in HTML."""

from html.parser import HTMLParser


class Seen(HTMLParser):
    """Tags with their attributes, text, and whatever else there is."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.others = [], "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment
