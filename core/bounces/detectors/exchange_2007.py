"""Exchange 2007 and later, and Microsoft 365, as text: the administrators' part is the same in every language."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

_FOR_ADMINISTRATORS = (
    r"Diagnostic\s+information\s+for\s+administrators:",
    r"Informations\s+de\s+diagnostic\s+pour\s+les\s+administrateurs\s*:",
    r"Diagnoseinformationen\s+für\s+Administratoren:",
    r"Informaci[oó]n\s+de\s+diagn[oó]stico\s+para\s+(?:los\s+)?administradores:",
    r"Informazioni\s+di\s+diagnostica\s+per\s+gli\s+amministratori:",
    r"Diagnostische\s+gegevens\s+voor\s+beheerders:",
    r"Diagnostikinformation\s+för\s+administratörer:",
    r"Diagnos\w{4,10}\s+information\s+för\s+administratörer\s*:",
    r"Informações\s+de\s+diagnóstico\s+para\s+administradores:",
    r"管理者用の診断情報:",
    r"Diagnostyczne\s+informacje\s+dla\s+administratorów:|Informacje\s+diagnostyczne\s+dla\s+administratorów:",
    r"Диагностические\s+сведения\s+для\s+администраторов:",
    r"管理员的诊断信息:",
)

# in whatever language: "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##"
_CODE = r"#?[45]\d\d [45]\.\d{1,3}\.\d{1,3} (?:RESOLVER|QUEUE|STOREDRV|ROUTING|SMTPSEND)\.\w"

exchange_2007 = Dialect(
    known_by=phrase(*_FOR_ADMINISTRATORS, r"Delivery has failed to these recipients or", _CODE),
    begins=phrase(*_FOR_ADMINISTRATORS),
    recipient=lines(
        rf"^[ \t]*(?P<address>{ADDRESS})\s+(?=#|<|Remote\s|\d{{3}}\s|Le\s+serveur|Der\s+Remoteserver)",
        rf"^[ \t]*(?:\*[ \t]*)?\[(?P<address3>{ADDRESS})\]:[ \t]+(?=\d{{3}}\b)",
        rf"^[ \t]*(?P<address2>{ADDRESS})(?:<mailto:[^>\n]{{1,320}}>)?[ \t]*$",
    ),
)
