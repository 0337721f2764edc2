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
    r"管理者用の診断情報:",
)

exchange_2007 = Dialect(
    known_by=phrase(*_FOR_ADMINISTRATORS, r"Delivery has failed to these recipients or"),
    begins=phrase(*_FOR_ADMINISTRATORS),
    recipient=lines(
        rf"^[ \t]*(?P<address>{ADDRESS})\s+(?=#|<|Remote\s|\d{{3}}\s|Le\s+serveur|Der\s+Remoteserver)",
        rf"^[ \t]*(?P<address2>{ADDRESS})(?:<mailto:[^>\n]{{1,320}}>)?[ \t]*$",
    ),
)
