"""The first Welsh words of letters: the same as the English ones; to be read by a translator and confirmed by the force."""

from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SOURCE = "The English words in Welsh; to be read by a translator and confirmed by the force"
HELD_BACK = "Cafodd gwybodaeth y mae'r gyfraith yn gadael inni ei dal yn ôl ei hepgor."
OF_OTHERS = "Cafodd gwybodaeth nad yw amdanoch chi ei hepgor."
SAFE = "Os byddwch mewn perygl ar unrhyw adeg, ffoniwch 999. Os nad yw'n ddiogel siarad, pwyswch 55 pan ofynnir ichi."
# The code of the English words, from when they count, the name, and the text.
TEXTS = (
    ("domestic-neutral", date(1997, 9, 1), "Domestic scheme: the neutral answer, in Welsh",
     "Gofynasoch inni am rywun. Rydym wedi ystyried yr hyn a ddywedasoch wrthym, ac wedi chwilio drwy'r hyn yr ydym ni ac eraill yn ei "
     "gadw. Nid oes dim y gallwn ei ddweud wrthych. Nid yw hynny'n golygu nad oes risg: gall rhywun fod yn beryglus heb i'r heddlu wybod "
     "dim amdano.\n\n"
     "Os ydych yn poeni, siaradwch â rhywun yr ydych yn ymddiried ynddo, neu â gwasanaeth sy'n helpu pobl sy'n cael eu niweidio neu eu "
     f"rheoli gan bartner. {SAFE}\n\nOs bydd rhywbeth yn newid, gofynnwch inni eto. Peidiwch â dweud wrth neb eich bod wedi gofyn."),
    ("child-neutral", date(1997, 9, 1), "Child scheme: the neutral answer, in Welsh",
     "Gofynasoch inni am rywun sy'n dod i gysylltiad â phlentyn. Rydym wedi ystyried yr hyn a ddywedasoch wrthym, ac wedi chwilio drwy'r "
     "hyn yr ydym ni ac eraill yn ei gadw. Nid oes dim y gallwn ei ddweud wrthych. Nid yw hynny'n golygu nad oes risg: gall rhywun fod yn "
     "beryglus heb i'r heddlu wybod dim amdano.\n\n"
     "Daliwch ati i wylio dros y plentyn. Siaradwch ag ef neu hi am bwy y mae'n eu gweld, ac am ddweud wrth oedolyn beth sy'n ei boeni. "
     "Os ydych yn credu bod plentyn yn cael ei niweidio, ffoniwch 101 neu'r gwasanaethau plant. Os oes plentyn mewn perygl nawr, ffoniwch "
     "999.\n\nOs bydd rhywbeth yn newid, gofynnwch inni eto. Peidiwch â dweud wrth neb eich bod wedi gofyn."),
    ("freedom-neither", date(2005, 1, 1), "Freedom of information: neither confirm nor deny, in Welsh",
     "Nid ydym yn cadarnhau nac yn gwadu ein bod yn dal yr hyn y gofynasoch amdano. Nid yw'r ddyletswydd i ddweud a yw'n cael ei ddal yn "
     "gymwys o dan adrannau 30(3), 31(3), 38(2) a 40(5) o'r Ddeddf. Rydym yn dweud yr un peth wrth bawb sy'n gofyn am berson neu achos, "
     "p'un a oes rhywbeth yn cael ei ddal ai peidio: byddai ateb a newidiai yn ôl yr hyn a ddelir yn datgelu gwybodaeth ynddo'i hun. "
     "Rydym wedi pwyso a mesur budd y cyhoedd o gael gwybod, ac yn barnu nad yw'n drech na'r niwed. Ni ddylid cymryd bod dim yn y llythyr "
     "hwn yn golygu bod unrhyw beth yn cael ei ddal, nac nad yw'n cael ei ddal."),
    ("freedom-not-held", date(2005, 1, 1), "Freedom of information: not held, in Welsh",
     "Rydym wedi chwilio am yr hyn y gofynasoch amdano ac nid ydym yn ei ddal."),
    ("freedom-published", date(2005, 1, 1), "Freedom of information: the published report, in Welsh",
     "Mae'r hyn y gofynasoch amdano yn yr adroddiad ar y trefniadau i amddiffyn y cyhoedd y mae'r ardal yn ei gyhoeddi bob blwyddyn "
     "(adran 21)."),
    ("freedom-rights", date(2005, 1, 1), "Freedom of information: what you can do, in Welsh",
     "Os nad ydych yn fodlon ar yr ateb hwn, ysgrifennwch atom o fewn 40 diwrnod gwaith a bydd rhywun na chafodd unrhyw ran ynddo yn edrych "
     "arno eto. Os nad ydych yn fodlon o hyd ar ôl hynny, gallwch gwyno i'r Comisiynydd Gwybodaeth."),
    ("subject-access-neutral", date(2018, 5, 25), "Subject access: nothing to send, in Welsh",
     "Gofynasoch am gopi o'r hyn y mae'r heddlu'n ei gadw amdanoch. Rydym wedi chwilio, ac nid oes gennym ddim i'w anfon atoch.\n\n"
     "Yr un yw'r ateb hwn p'un a nad ydym yn cadw dim amdanoch, neu'n cadw rhywbeth y mae'r gyfraith yn gadael inni ei ddal yn ôl. Ni ddylid "
     "ei ddarllen fel pe bai'n dweud pa un.\n\n"
     "Os ydych yn anghytuno, ysgrifennwch atom a bydd rhywun arall yn edrych arno eto. Gallwch hefyd gwyno i'r Comisiynydd Gwybodaeth, a "
     "all wirio a yw'r hyn a wnaethom yn gyfreithlon, neu ofyn i lys."),
    ("subject-access-cover", date(2018, 5, 25), "Subject access: letter with a bundle, in Welsh",
     "Gofynasoch am gopi o'r hyn y mae'r heddlu'n ei gadw amdanoch. Mae'n dilyn y llythyr hwn.\n\n"
     "Lle gwelwch [removed], cafodd geiriau eu hepgor am fod y gyfraith yn dweud y caniateir neu fod rhaid gwneud hynny. Gall rhai cofnodion "
     "fod wedi eu hepgor yn gyfan gwbl. Mae'r hyn y gallwn ei ddweud wrthych am y rhesymau i'w weld isod. Mae'r cofnodion eu hunain yn yr "
     "iaith y cawsant eu hysgrifennu ynddi.\n\n"
     "Os oes rhywbeth o'i le, neu os ydych yn anghytuno, ysgrifennwch atom a bydd rhywun arall yn edrych arno eto. Gallwch hefyd gwyno i'r "
     "Comisiynydd Gwybodaeth, a all wirio a gafodd yr hyn a hepgorwyd ei hepgor yn gyfreithlon, neu ofyn i lys."),
    ("subject-correction-cover", date(2018, 5, 25), "Correction: letter with the answer, in Welsh",
     "Gofynasoch inni gywiro, dileu neu roi'r gorau i ddefnyddio rhywbeth yr ydym yn ei gadw amdanoch. Mae'r hyn a benderfynwyd gennym ar "
     "bob peth yn dilyn, gyda'r rhan o'r gyfraith y mae'n seiliedig arni, a pham.\n\n"
     "Lle gwnaethom newid rhywbeth, rydym yn dweud wrth bwy bynnag a'i cafodd gennym. Lle gwnaethom gyfyngu ar rywbeth, rydym yn ei gadw ac "
     "nid ydym yn ei ddefnyddio mwyach, ac eithrio fel tystiolaeth neu lle mae'r gyfraith yn dweud hynny.\n\n"
     "Os ydych yn anghytuno, ysgrifennwch atom a bydd rhywun arall yn edrych arno eto. Gallwch hefyd ofyn i'r Comisiynydd Gwybodaeth wirio a "
     "yw'r hyn a benderfynwyd gennym yn gyfreithlon, cwyno i'r Comisiynydd, neu ofyn i lys."),
)  # fmt: skip
# Of each exemption of freedom of information: its code, its English name, its name in Welsh, and the number of its section.
EXEMPTIONS = (
    ("cost", "It would cost too much to find out", "Byddai'n costio gormod i gael gwybod", "12"),
    ("vexatious", "Vexatious or asked again", "Blinderus neu wedi ei ofyn eto", "14"),
    ("reachable", "Can be had elsewhere", "Ar gael yn rhywle arall", "21"),
    ("to_be_published", "Will be published", "I'w gyhoeddi", "22"),
    ("security_bodies", "Comes from, or is about, security bodies", "Yn dod o gyrff diogelwch, neu'n ymwneud â hwy", "23"),
    ("national_security", "National security", "Diogelwch gwladol", "24"),
    ("investigations", "Investigations and proceedings", "Ymchwiliadau ac achosion", "30"),
    ("law_enforcement", "Law enforcement", "Gorfodi'r gyfraith", "31"),
    ("court_records", "Court records", "Cofnodion llys", "32"),
    ("health_safety", "Health and safety", "Iechyd a diogelwch", "38"),
    ("personal", "Personal information", "Gwybodaeth bersonol", "40"),
    ("confidence", "Given in confidence", "Wedi ei roi'n gyfrinachol", "41"),
    ("privilege", "Legal professional privilege", "Braint broffesiynol gyfreithiol", "42"),
    ("commercial", "Commercial interests", "Buddiannau masnachol", "43"),
    ("prohibited", "Forbidden by another law", "Wedi ei wahardd gan gyfraith arall", "44"),
)  # fmt: skip
TOLD = {
    "Information that the law lets us hold back was left out.": HELD_BACK,
    "Information that is not about you was left out.": OF_OTHERS,
}


def add_words(apps, schema_editor):
    """Add them beside the English ones; grounds that a force has worded anew stay without."""
    grounds, texts = apps.get_model("disclosure", "Ground").objects, apps.get_model("disclosure", "StandardText").objects
    for code, since, name, text in TEXTS:
        texts.create(code=f"{code}-cy", name=name, text=text, source=SOURCE, period=DateRange(since, None))
    for code, name, welsh, number in EXEMPTIONS:
        told = f"Adran {number} o'r Ddeddf: {welsh[0].lower()}{welsh[1:]}."
        of_law = grounds.filter(law="freedom", code=code, name=name)
        of_law.update(name_welsh=welsh, section_welsh=f"Adran {number}", told_as_welsh=told)
    for words, welsh in TOLD.items():
        grounds.filter(law="subject_access", told_as=words).update(told_as_welsh=welsh)


def remove_words(apps, schema_editor):
    """Take them away again."""
    apps.get_model("disclosure", "StandardText").objects.filter(code__endswith="-cy").delete()
    apps.get_model("disclosure", "Ground").objects.update(name_welsh="", section_welsh="", told_as_welsh="")


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0011_languages_of_letters")]

    operations = [migrations.RunPython(add_words, remove_words)]
