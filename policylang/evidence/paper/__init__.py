"""Papers: documents composed once, of a few kinds of block, and written as Word documents and as pages."""
