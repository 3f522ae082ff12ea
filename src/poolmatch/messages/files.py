"""What can be wrong with files, before the domain looks at their cells."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.issues import Message
from poolmatch.words import Words

_SPLIT = Words("split the problem", "splits het probleem")
_SAVE_XLSX = Words("save it as .xlsx again", "sla het opnieuw op als .xlsx")

# --- files as a whole ------------------------------------------------------------------------------------

FORMS = Words(
    "give a folder of CSV or Parquet files, a workbook (.xlsx) or a JSON document (.json)",
    "geef een map met CSV- of Parquetbestanden, een werkmap (.xlsx) of een JSON-document (.json)",
)
MISSING = Message(
    "file-missing",
    Words("is missing", "ontbreekt"),
    Words("check its name, its place and your rights to it", "kijk de naam, de plek en uw rechten na"),
)
CLOSED = Message(
    "file-cannot-be-opened",
    Words("cannot be opened", "is niet te openen"),
    Words("check its name, its place and your rights to it", "kijk de naam, de plek en uw rechten na"),
)
TOO_LARGE = Message(
    "file-too-large",
    Words("is a file of more than {most} bytes", "is een bestand van meer dan {most} bytes"),
    _SPLIT,
)
UNPACKS_TOO_LARGE = Message(
    "file-unpacks-too-large",
    Words("unpacks to more than {most} bytes", "is uitgepakt meer dan {most} bytes"),
    _SPLIT,
)
ONE_TABLE = Message(
    "file-is-one-table",
    Words("is one table of a problem", "is één tabel van een probleem"),
    Words("give the folder in which its tables lie", "geef de map waarin de tabellen staan"),
)
NO_FORM = Message(
    "file-form-unknown", Words("has a form that is not known", "heeft een vorm die niet bekend is"), FORMS
)
NO_FORM_OF_ROSTER = Message(
    "roster-form-unknown",
    Words("has a form that is not known", "heeft een vorm die niet bekend is"),
    Words(
        "give a file that ends in .csv, .xlsx or .parquet", "geef een bestand dat eindigt op .csv, .xlsx of .parquet"
    ),
)
ROSTER_IS_FOLDER = Message(
    "roster-is-a-folder",
    Words("is a folder", "is een map"),
    Words("name the file of the roster", "noem het bestand van het rooster"),
)
TWO_FORMS = Message(
    "folder-of-two-forms",
    Words("holds both CSV and Parquet files", "bevat CSV- én Parquetbestanden"),
    Words("keep the files of one form in the folder", "houd de bestanden van één vorm in de map"),
)
NO_FILES = Message(
    "folder-without-tables",
    Words("is a folder without CSV or Parquet files", "is een map zonder CSV- of Parquetbestanden"),
    FORMS,
)

NO_ENCODING = Words(
    "encoding is not one that Python knows, such as utf-8 or cp1252",
    "encoding is geen codering die Python kent, zoals utf-8 of cp1252",
)
NO_DECIMAL = Words('decimal is "." or ","', 'decimal is "." of ","')
NO_LOCALE = Words('locale is "nl" or None', 'locale is "nl" of None')

# --- grids of cells --------------------------------------------------------------------------------------

TOO_MANY_ROWS = Message("grid-too-many-rows", Words("has more than {most} rows", "heeft meer dan {most} rijen"), _SPLIT)
TOO_MANY_CELLS = Message(
    "grid-too-many-cells", Words("has more than {most} cells", "heeft meer dan {most} cellen"), _SPLIT
)
TOO_MANY_COLUMNS = Message(
    "grid-too-many-columns", Words("has more than {most} columns", "heeft meer dan {most} kolommen"), _SPLIT
)
TOO_MANY_HEADINGS = Message(
    "header-too-wide",
    Words("has more than {most} columns", "heeft meer dan {most} kolommen"),
    Words("remove what does not belong to the table", "haal weg wat niet bij de tabel hoort"),
)
NO_HEADER = Message(
    "header-missing",
    Words("has no header", "heeft geen kopregel"),
    Words("write the names of the columns in the first line", "schrijf de namen van de kolommen in de eerste regel"),
)
HEADING_TWICE = Message(
    "heading-twice",
    Words("stands twice in the header", "staat twee keer in de kopregel"),
    Words("keep one of the columns", "houd een van de kolommen"),
)
TOO_FEW_CELLS = Message(
    "row-too-short",
    Words("has fewer cells than the header", "heeft minder cellen dan de kopregel"),
    Words("add the missing cells; blank ones count too", "voeg de ontbrekende cellen toe; lege tellen ook"),
)
TOO_MANY_CELLS_IN_ROW = Message(
    "row-too-long",
    Words("has more cells than the header", "heeft meer cellen dan de kopregel"),
    Words(
        "put text that holds {separator} in double quotes",
        "zet tekst met {separator} tussen dubbele aanhalingstekens",
    ),
)
NO_HEADING = Message(
    "cell-without-heading",
    Words("has a cell without a heading", "heeft een cel zonder kop"),
    Words(
        "give the column a heading; in CSV, put text that holds {separator} in double quotes",
        "geef de kolom een kop; zet in CSV tekst met {separator} tussen dubbele aanhalingstekens",
    ),
)
THE_SEPARATOR = Words("the separator", "het scheidingsteken")
NAMED_SEPARATOR = Words("the separator, sep={sign},", "het scheidingsteken, sep={sign},")
TOTAL = Message(
    "row-of-totals",
    Words("is a total of other rows", "is een totaal van andere rijen"),
    Words(
        "remove the row, or give what it stands for another id",
        "haal de rij weg, of geef waar zij voor staat een ander kenmerk",
    ),
)
BLANK_ROWS = Message(
    "blank-rows",
    Words("has blank rows between others", "heeft lege rijen tussen andere"),
    Words("they are skipped", "die worden overgeslagen"),
    "warning",
)
FAR_BELOW = Message(
    "cells-far-below",
    Words("has something below more than {most} blank rows", "heeft iets onder meer dan {most} lege rijen"),
    Words("remove what stands there, or the blank rows", "haal weg wat daar staat, of de lege rijen"),
)

# --- CSV -------------------------------------------------------------------------------------------------

NAMES_SEPARATOR = Message(
    "csv-names-its-separator",
    Words(
        "begins with a line that names the separator, sep={sign}",
        "begint met een regel die het scheidingsteken noemt, sep={sign}",
    ),
    Words("nothing to do: that line is skipped", "niets te doen: die regel wordt overgeslagen"),
    "warning",
)
OTHER_SEPARATOR = Message(
    "csv-other-separator",
    Words("is separated by {sign}", "is gescheiden door {sign}"),
    Words("nothing to do", "niets te doen"),
    "warning",
)
COMMA = Words("a comma", "een komma")
SEMICOLON = Words("a semicolon", "een puntkomma")
TAB = Words("a tab", "een tab")
NOT_ENCODED = Message(
    "csv-not-in-its-encoding",
    Words(
        "is not {encoding} text in line {line} of the file",
        "is geen tekst in {encoding} op regel {line} van het bestand",
    ),
    Words(
        'save it as UTF-8, or name its encoding, such as encoding="cp1252"',
        'sla het op als UTF-8, of noem de codering, zoals encoding="cp1252"',
    ),
)
HOLDS_NUL = Message(
    "csv-holds-nul",
    Words("is not {encoding} text: it holds NUL characters", "is geen tekst in {encoding}: er staan NUL-tekens in"),
    Words(
        'save it as UTF-8, or name its encoding, such as encoding="utf-16-le"',
        'sla het op als UTF-8, of noem de codering, zoals encoding="utf-16-le"',
    ),
)
LONG_CELL = Message(
    "csv-cell-too-long",
    Words("has a cell of more than {most} characters", "heeft een cel van meer dan {most} tekens"),
    Words("shorten it", "maak die korter"),
)
OPEN_QUOTE = Message(
    "csv-open-quote",
    Words(
        "has a double quote that is not closed or not doubled",
        "heeft een dubbel aanhalingsteken dat niet gesloten of niet verdubbeld is",
    ),
    Words("correct the quotes", "verbeter de aanhalingstekens"),
)

# --- workbooks -------------------------------------------------------------------------------------------

OLD_WORKBOOK = Message(
    "workbook-encrypted-or-old",
    Words("is encrypted, or of before 2007", "is versleuteld, of van vóór 2007"),
    Words("save it as .xlsx without a password", "sla het op als .xlsx zonder wachtwoord"),
)
OTHER_FORM = Message(
    "workbook-of-other-form",
    Words("is a workbook of the form {form}", "is een werkmap in de vorm {form}"),
    Words(
        "open it, choose File > Save As, and save it as an Excel workbook (.xlsx)",
        "open die, kies Bestand > Opslaan als, en sla die op als Excel-werkmap (.xlsx)",
    ),
)
LOCK_FILE = Message(
    "file-of-a-lock",
    Words(
        "is what Excel keeps beside a workbook while it is open",
        "is wat Excel naast een werkmap bewaart zolang die open is",
    ),
    Words("give the workbook itself: {file}", "geef de werkmap zelf: {file}"),
)
IN_USE = Message(
    "file-in-use",
    Words("cannot be opened", "is niet te openen"),
    Words(
        "close it in Excel or any other program; if it is closed, check your rights to it",
        "sluit het in Excel of een ander programma; als het dicht is, kijk dan uw rechten na",
    ),
)
OPEN_ELSEWHERE = Message(
    "workbook-open-elsewhere",
    Words("is open in another program", "is open in een ander programma"),
    Words(
        "it is read as it was last saved: save it first if you changed it",
        "het is gelezen zoals het is opgeslagen: sla het eerst op als u iets veranderd hebt",
    ),
    "warning",
)
ENCRYPTED = Message(
    "workbook-encrypted",
    Words("is encrypted", "is versleuteld"),
    Words("save it without a password", "sla het op zonder wachtwoord"),
)
SHEET_TWICE = Message(
    "table-on-two-sheets",
    Words("stands on a second sheet, {other}", "staat op nog een blad, {other}"),
    Words("keep one of the sheets", "houd een van de bladen"),
)
BESIDE = Message(
    "cell-beside-the-table",
    Words("has something beside the table", "heeft iets naast de tabel staan"),
    Words("nothing to do if it is a note: it is not read", "niets te doen als het een opmerking is: het telt niet mee"),
    "warning",
)
BARE_CELL = Message(
    "sheet-cell-without-heading",
    Words("has a cell without a heading", "heeft een cel zonder kop"),
    Words(
        "give the column a heading; a note stands well one column further on",
        "geef de kolom een kop; een opmerking kan een kolom verderop staan",
    ),
)
LONE_CELL = Message(
    "row-of-one-cell",
    Words("has one cell that is filled", "heeft maar één gevulde cel"),
    Words(
        "fill in the rest of the row, or move the note to beside the table",
        "vul de rest van de rij in, of zet de opmerking naast de tabel",
    ),
)
NOT_A_WORKBOOK = Message(
    "workbook-damaged", Words("is not a workbook, or is damaged", "is geen werkmap, of is beschadigd"), _SAVE_XLSX
)
ENTITIES = Message(
    "workbook-holds-entities",
    Words("holds XML entities, which no workbook needs", "bevat XML-entiteiten, die geen werkmap nodig heeft"),
    _SAVE_XLSX,
)
BOMB = Message(
    "workbook-unpacks-too-large",
    Words(
        "unpacks to more than {bytes} bytes or {parts} parts", "is uitgepakt meer dan {bytes} bytes of {parts} delen"
    ),
    Words("split the problem, or use CSV or Parquet files", "splits het probleem, of gebruik CSV- of Parquetbestanden"),
)
MACROS = Message(
    "workbook-holds-macros",
    Words("holds macros", "bevat macro's"),
    Words("save it as .xlsx, which has none", "sla het op als .xlsx, dat er geen heeft"),
)
UNSAFE = Message(
    "workbook-reader-unsafe",
    Words("cannot be read safely", "is niet veilig te lezen"),
    Words("unset the environment variable OPENPYXL_DEFUSEDXML", "zet de omgevingsvariabele OPENPYXL_DEFUSEDXML uit"),
)
BELOW_THE_SHEET = Message(
    "sheet-cell-below-last-row",
    Words("has a cell below the last row of a worksheet", "heeft een cel onder de laatste rij van een werkblad"),
    Words("remove what stands there", "haal weg wat daar staat"),
)
_CALCULATE = Words(
    "open the workbook, let it calculate and save it, or write the value itself",
    "open de werkmap, laat die rekenen en sla die op, of schrijf de waarde zelf",
)
ERRORS: Mapping[str, Words] = {
    "#DIV/0!": Words("#DIV/0!", "#DEEL/0!"),
    "#N/A": Words("#N/A", "#N/B"),
    "#NAME?": Words("#NAME?", "#NAAM?"),
    "#NULL!": Words("#NULL!", "#LEEG!"),
    "#NUM!": Words("#NUM!", "#GETAL!"),
    "#REF!": Words("#REF!", "#VERW!"),
    "#SPILL!": Words("#SPILL!", "#OVERLOOP!"),
    "#VALUE!": Words("#VALUE!", "#WAARDE!"),
}
"""As spreadsheet programs show them in either language, by how files have them."""
ERROR_CELL = Message("cell-holds-error", Words("holds the error {error}", "bevat de fout {error}"), _CALCULATE)
NO_RESULT = Message(
    "formula-without-result",
    Words("holds a formula whose result is not stored", "bevat een formule waarvan de uitkomst niet bewaard is"),
    _CALCULATE,
)
YEAR_AS_DATE = Message(
    "year-in-cell-of-dates",
    Words(
        "is a date of 1905, as a year alone becomes in a cell for dates",
        "is een datum van 1905, zoals een los jaartal wordt in een cel voor datums",
    ),
    Words("write day, month and year", "schrijf dag, maand en jaar"),
)
NUMBER_AS_DATE = Message(
    "number-in-cell-of-dates",
    Words(
        "is a date of before 1910, as a mere number becomes in a cell for dates",
        "is een datum van vóór 1910, zoals een los getal wordt in een cel voor datums",
    ),
    Words("write day, month and year", "schrijf dag, maand en jaar"),
)
HIDDEN_SHEET = Message(
    "sheet-hidden",
    Words("is a hidden sheet", "is een verborgen werkblad"),
    Words("it is used: show it and look, or remove it", "het telt mee: maak het zichtbaar en kijk, of haal het weg"),
    "warning",
)
MERGED = Message(
    "cells-merged",
    Words("has merged cells", "heeft samengevoegde cellen"),
    Words(
        "unmerge them, and fill in each cell: only the first of them holds anything",
        "splits die, en vul elke cel in: alleen de eerste ervan bevat iets",
    ),
)
_SHOW = Words(
    "they are used: show them and look, or remove them", "die tellen mee: maak ze zichtbaar en kijk, of haal ze weg"
)
HIDDEN_ROWS = Message(
    "rows-hidden",
    Words("has rows that are hidden or filtered out", "heeft rijen die verborgen of weggefilterd zijn"),
    _SHOW,
    "warning",
)
FILTER = Message(
    "filter-set",
    Words("has a filter set", "heeft een filter aan staan"),
    Words("all rows are used, whatever the filter shows", "alle rijen tellen mee, wat het filter ook toont"),
    "warning",
)
HIDDEN_COLUMNS = Message("columns-hidden", Words("has hidden columns", "heeft verborgen kolommen"), _SHOW, "warning")
LONG_LIST = Message(
    "list-too-long-for-workbook",
    Words("is too long for a cell of a workbook", "is te lang voor een cel van een werkmap"),
    Words("write CSV, Parquet or JSON instead", "schrijf in plaats daarvan CSV, Parquet of JSON"),
)

# --- Parquet and DataFrames ------------------------------------------------------------------------------

NOT_PARQUET = Message(
    "parquet-damaged",
    Words("is not a Parquet file, or is damaged", "is geen Parquetbestand, of is beschadigd"),
    Words("write it again", "schrijf het opnieuw"),
)
NOT_A_FRAME = Message(
    "not-a-data-frame",
    Words("is not a DataFrame", "is geen DataFrame"),
    Words("give a pandas DataFrame", "geef een DataFrame van pandas"),
)

# --- lines of files --------------------------------------------------------------------------------------

LINE = Words("line {lines}", "regel {lines}")
LINES = Words("lines {lines}", "regels {lines}")
LINE_RANGE = Words("{first} to {last}", "{first} tot en met {last}")

# --- rosters ---------------------------------------------------------------------------------------------

NO_SHEET = Message(
    "roster-sheet-missing",
    Words("is required and missing", "is verplicht en ontbreekt"),
    Words("{hint}call the sheet {sheet}", "{hint}noem het werkblad {sheet}"),
)
