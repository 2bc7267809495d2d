"""The vocabulary: syllables and words of which all names are made. Nobody and no place is meant by them."""

# A town is a beginning and an end, as Ostermoor; a work or a house has a middle as well, as Tavoliskar.
BEGINNINGS = (
    "Oster", "Varn", "Tavo", "Lind", "Brem", "Quor", "Hask", "Mira", "Fenn", "Jor", "Kelp", "Nord", "Pell", "Rusk",
    "Sund", "Thal", "Ulm", "Vesk", "Wend", "Yarr", "Zell", "Ald", "Bruk", "Carn", "Dravo", "Elm", "Garr", "Hol",
    "Isk", "Lorr", "Mond", "Nev", "Orl", "Prav", "Rind", "Stav", "Torm", "Urv", "Wisp", "Zand",
)  # fmt: skip
MIDDLES = (
    "ali", "bero", "cado", "dena", "emi", "fura", "gali", "hira", "ino", "jula", "kero", "lami", "mora", "nadi",
    "olu", "peri", "rano", "sela", "tiri", "uma", "vani", "wero", "xano", "yeli", "zuri", "brena", "dralo", "frima",
    "grovi", "klena", "prano", "stelo",
)  # fmt: skip
ENDS = (
    "moor", "haven", "stead", "wick", "bruck", "dal", "fell", "garth", "holm", "kirk", "lund", "mark", "ness", "oort",
    "pool", "ridge", "skar", "thorp", "vale", "weir", "by", "ford", "gate", "hythe", "mere", "stow", "toft", "wold",
    "zoom", "beck",
)  # fmt: skip
GIVEN = (
    "Alva", "Benno", "Cilla", "Dario", "Edda", "Falk", "Greta", "Hanno", "Ilse", "Jonte", "Katya", "Lorin", "Mirel",
    "Nils", "Odile", "Piet", "Quirin", "Runa", "Sven", "Tilda", "Udo", "Vera", "Wim", "Xenia", "Yorick", "Zoe",
)  # fmt: skip
# What a body is, and what it is called after its town.
BODIES = (
    ("newspaper", "{town} Courier"),
    ("newspaper", "{town} Gazette"),
    ("public authority", "{town} Water Board"),
    ("public authority", "{town} Roads Office"),
    ("public authority", "{town} Parks Department"),
    ("statistics office", "{town} Office of Counts"),
    ("research institute", "{town} Institute of Surveys"),
    ("company", "{town} Harbour Company"),
    ("company", "{town} Tramways"),
    ("association", "{town} Ramblers"),
    ("museum", "{town} Town Museum"),
    ("broadcaster", "Radio {town}"),
)
PEOPLE = ("councillor", "engineer", "journalist", "historian", "mayor", "surveyor", "harbour master", "botanist")
THEMES = (
    "harbour", "market", "old town", "railway", "budget", "flood of the century", "school roofs", "tram lines",
    "public baths", "riverbank", "library hours", "town forest", "street lamps", "fire brigade", "salt works",
    "winter fair", "town archive", "ferry crossing", "heating works", "orchards",
)  # fmt: skip
GENRES = (
    ("Article", "magazine article"),
    ("BlogPosting", "weblog entry"),
    ("Book", "town history"),
    ("Dataset", "table of counts"),
    ("NewsArticle", "news report"),
    ("NewsArticle", "news agency report"),
    ("Report", "yearly report"),
    ("Report", "survey"),
    ("SocialMediaPosting", "post"),
    ("WebPage", "web page of an authority"),
)
ORIGINS = (
    "measurement",
    "count by hand",
    "minutes of a council",
    "company statement",
    "record in an archive",
    "survey",
)
CAUSES = (
    "a flood in spring", "a lack of money", "cracks in its walls", "a vote of the council", "a storm at sea",
    "the new ring road", "a strike of its workers", "falling numbers of visitors",
)  # fmt: skip
HEDGES = ("about", "probably", "it seems", "as far as is known", "by most counts", "roughly")
BOOSTERS = ("certainly", "without doubt", "clearly", "beyond question")
FILLERS = (
    "The matter was discussed at length in the town hall.",
    "Readers had asked about it more than once.",
    "The figures of earlier years are kept in the archive.",
    "Nobody at the meeting spoke against it.",
    "An older map of the region shows the same place.",
    "The next survey is planned for the autumn.",
    "Visitors come mostly on market days.",
    "The office answers letters within a month.",
)
