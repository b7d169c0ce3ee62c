"""What the units report, and the words for it."""

from .aftermath import Correction, Figure, ViewCount
from .alerts import Alert
from .batches import BROUGHT, BatchState, ImportBatch, ImportItem, ItemOutcome
from .choices import (
    AlertKind,
    ContributionRole,
    EventKind,
    FeedbackKind,
    FeedbackStatus,
    Genre,
    MemberRole,
    ReportHeading,
    ReportStatus,
    ReturnReason,
    ScopeRelation,
    Session,
    WithdrawReason,
)
from .credits import Contribution
from .desk import Committee, SavedFilter, Target
from .digest import Digest, DigestItem, DigestVersion
from .editing import EditLock, TypedText
from .edition import Edition, EditionHead
from .event import Event
from .fees import (
    BaseSalary,
    FeeKind,
    FeeLine,
    FeeRate,
    FeeSchedule,
    FeeScore,
    FeeSheet,
    FeeSheetState,
    PersonMerge,
    PhotoRule,
    RoundingMode,
    RoundingStep,
)
from .membership import Membership, Newsroom
from .people import Organisation, PenName, Person
from .photo import BodyPicture, Photo
from .promises import Promise, PromiseState
from .proofreading import HeededFinding, LinkHost
from .register import (
    HolderKind,
    Initiative,
    InitiativeField,
    InitiativeStep,
    RecognitionLevel,
)
from .report import Report, StaleReport
from .scope import ReportScope
from .search import SearchEntry
from .taxonomy import Section, Topic
from .versioned import Stale
from .voices import Feedback, FeedbackStep, Quota, Usefulness

__all__ = [
    "BROUGHT",
    "Alert",
    "AlertKind",
    "BaseSalary",
    "BatchState",
    "BodyPicture",
    "Committee",
    "Contribution",
    "ContributionRole",
    "Correction",
    "Digest",
    "DigestItem",
    "DigestVersion",
    "EditLock",
    "Edition",
    "EditionHead",
    "Event",
    "EventKind",
    "FeeKind",
    "FeeLine",
    "FeeRate",
    "FeeSchedule",
    "FeeScore",
    "FeeSheet",
    "FeeSheetState",
    "Feedback",
    "FeedbackKind",
    "FeedbackStatus",
    "FeedbackStep",
    "Figure",
    "Genre",
    "HeededFinding",
    "HolderKind",
    "ImportBatch",
    "ImportItem",
    "Initiative",
    "InitiativeField",
    "InitiativeStep",
    "ItemOutcome",
    "LinkHost",
    "MemberRole",
    "Membership",
    "Newsroom",
    "Organisation",
    "PenName",
    "Person",
    "PersonMerge",
    "Photo",
    "PhotoRule",
    "Promise",
    "PromiseState",
    "Quota",
    "RecognitionLevel",
    "Report",
    "ReportHeading",
    "ReportScope",
    "ReportStatus",
    "ReturnReason",
    "RoundingMode",
    "RoundingStep",
    "SavedFilter",
    "ScopeRelation",
    "SearchEntry",
    "Section",
    "Session",
    "Stale",
    "StaleReport",
    "Target",
    "Topic",
    "TypedText",
    "Usefulness",
    "ViewCount",
    "WithdrawReason",
]
