"""Who hears what. A service may hear its own events: that is how it leaves work to its own worker."""

from shared.contracts import certification, coursework, enrollment
from shared.contracts.event import Event
from shared.contracts.mail import MailRequested
from shared.contracts.services import Service

_EVERYONE_ELSE = (Service.COURSEWORK, Service.CERTIFICATION)

#: Event -> services that receive it. Letters are enrollment's: it alone knows addresses.
SUBSCRIPTIONS: dict[type[Event], tuple[Service, ...]] = {
    enrollment.PersonChanged: _EVERYONE_ELSE,
    enrollment.AssociationChanged: (Service.CERTIFICATION,),
    enrollment.MembershipChanged: (Service.CERTIFICATION,),
    enrollment.LevelChanged: _EVERYONE_ELSE,
    enrollment.RunChanged: _EVERYONE_ELSE,
    enrollment.PlaceConfirmed: (Service.COURSEWORK,),
    enrollment.PlaceReleased: (Service.COURSEWORK,),
    enrollment.AttendanceCompleted: (Service.CERTIFICATION,),
    enrollment.AttendanceReopened: (Service.CERTIFICATION,),
    coursework.LevelPassed: (Service.CERTIFICATION,),
    coursework.LevelReopened: (Service.CERTIFICATION,),
    coursework.SubmissionGraded: (Service.ENROLLMENT,),
    coursework.UploadArrived: (Service.COURSEWORK,),
    certification.CertificateIssued: (Service.ENROLLMENT,),
    certification.BatchStepDue: (Service.CERTIFICATION,),
    certification.PassWeighingStepDue: (Service.CERTIFICATION,),
    certification.DocumentWanted: (Service.CERTIFICATION,),
    certification.DocumentsDue: (Service.CERTIFICATION,),
    certification.CertificateRevoked: (Service.ENROLLMENT, Service.CERTIFICATION),
    certification.PassChanged: (Service.ENROLLMENT, Service.CERTIFICATION),
    certification.PassEndApproached: (Service.ENROLLMENT,),
    certification.PassCredentialDue: (Service.CERTIFICATION,),
    certification.MultiplierContacted: (Service.ENROLLMENT,),
    certification.StatusListChanged: (Service.CERTIFICATION,),
    certification.SigningKeyChanged: (Service.CERTIFICATION,),
    MailRequested: (Service.ENROLLMENT,),
}


def subscribers(event_class: type[Event]) -> tuple[Service, ...]:
    """The services that receive an event of this class."""
    return SUBSCRIPTIONS[event_class]


def events_heard_by(service: Service) -> set[type[Event]]:
    """Every class of event that a service must have a handler for."""
    return {event_class for event_class, services in SUBSCRIPTIONS.items() if service in services}
