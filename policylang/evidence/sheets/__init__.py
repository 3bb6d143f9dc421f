"""The sheets of the self-assessment workbook, one a file."""
