"""Reading the real document (text, Markdown, Word, PDF): its paragraphs, its clause numbers, its own references."""
