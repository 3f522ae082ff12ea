"""What is measured, and how it is shown: results, tables, pictures, promises; and measurements of single things."""
