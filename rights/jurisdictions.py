"""The jurisdictions to which Creative Commons licences were ported, by code and by name."""

#: names in English and in the jurisdiction's own languages, in lower case, `|` between them
_NAMES = """
am armenia
ar argentina
at austria|österreich
au australia
az azerbaijan|azərbaycan
be belgium|belgië|belgique
bg bulgaria|българия
br brazil|brasil
ca canada
ch switzerland|schweiz|suisse|svizzera
cl chile
cn china mainland|mainland china|china|中国大陆
co colombia
cr costa rica
cz czech republic|česko|česká republika
de germany|deutschland
dk denmark|danmark
ec ecuador
ee estonia|eesti
eg egypt|مصر
es spain|españa
fi finland|suomi
fr france
ge georgia
gr greece|ελλάδα
gt guatemala
hk hong kong|香港
hr croatia|hrvatska
hu hungary|magyarország
ie ireland
igo igo|intergovernmental organizations|intergovernmental organisations
il israel|ישראל
in india
it italy|italia
jp japan|日本
kr south korea|korea|대한민국
lu luxembourg
mk macedonia|north macedonia|македонија
mt malta
mx mexico|méxico
my malaysia
ng nigeria
nl netherlands|nederland
no norway|norge
nz new zealand
pe peru|perú
ph philippines
pl poland|polska
pr puerto rico
pt portugal
ro romania|românia
rs serbia|србија|srbija
scotland scotland|uk: scotland
se sweden|sverige
sg singapore
si slovenia|slovenija
th thailand|ประเทศไทย
tw taiwan|臺灣|台灣|台湾
ua ukraine|україна
ug uganda
uk england and wales|england & wales|uk: england & wales|uk: england and wales|united kingdom
us united states|united states of america
ve venezuela
vn vietnam|việt nam
za south africa
"""
_LINES = tuple(line.partition(" ") for line in _NAMES.split("\n") if line)
#: as an address has them
CODES = frozenset(code for code, _, _ in _LINES)
#: code by name
NAMED = {name: code for code, _, names in _LINES for name in names.split("|")}
