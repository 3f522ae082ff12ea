"""The rooms: one file per rule, registered here by one line each."""

from poolmatch.rule import Rule
from poolmatch.rules.available import AvailableRule
from poolmatch.rules.balanced_team import BalancedTeamRule
from poolmatch.rules.continuity import ContinuityRule
from poolmatch.rules.cost import CostRule
from poolmatch.rules.evenings import EveningsRule
from poolmatch.rules.exposure_cap import ExposureCapRule
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.rules.fair_load import FairLoadRule
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.fill_seats import FillSeatsRule
from poolmatch.rules.growth import GrowthRule
from poolmatch.rules.growth_step import GrowthStepRule
from poolmatch.rules.keep_published import KeepPublishedRule
from poolmatch.rules.known_faces import KnownFacesRule
from poolmatch.rules.lead_first import LeadFirstRule
from poolmatch.rules.max_evenings import MaxEveningsRule
from poolmatch.rules.max_hours import MaxHoursRule
from poolmatch.rules.max_meetings import MaxMeetingsRule
from poolmatch.rules.max_on_end import MaxOnEndRule
from poolmatch.rules.max_per_day import MaxPerDayRule
from poolmatch.rules.max_per_week import MaxPerWeekRule
from poolmatch.rules.neutral import NeutralRule
from poolmatch.rules.neutral_choice import NeutralChoiceRule
from poolmatch.rules.no_double_booking import NoDoubleBookingRule
from poolmatch.rules.one_duty import OneDutyRule
from poolmatch.rules.one_per_seat import OnePerSeatRule
from poolmatch.rules.one_slot import OneSlotRule
from poolmatch.rules.one_trip import OneTripRule
from poolmatch.rules.optional_seats import OptionalSeatsRule
from poolmatch.rules.pairing import PairingRule
from poolmatch.rules.past import PastRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.rules.practice import PracticeRule
from poolmatch.rules.practice_window import PracticeWindowRule
from poolmatch.rules.quid_pro_quo import QuidProQuoRule
from poolmatch.rules.reciprocity import ReciprocityRule
from poolmatch.rules.region import RegionRule
from poolmatch.rules.rest import RestRule
from poolmatch.rules.role import RoleRule
from poolmatch.rules.same_team import SameTeamRule
from poolmatch.rules.short_travel import ShortTravelRule
from poolmatch.rules.skilled import SkilledRule
from poolmatch.rules.struck import StruckRule
from poolmatch.rules.team_limit import TeamLimitRule
from poolmatch.rules.team_mix import TeamMixRule
from poolmatch.rules.team_skills import TeamSkillsRule
from poolmatch.rules.travel_budget import TravelBudgetRule
from poolmatch.rules.travel_gap import TravelGapRule
from poolmatch.rules.travel_limit import TravelLimitRule
from poolmatch.rules.travel_share import TravelShareRule
from poolmatch.rules.weekend import WeekendRule
from poolmatch.rules.wishes import WishesRule
from poolmatch.rules.worst_served import WorstServedRule

ALL_RULES: tuple[type[Rule], ...] = (
    NeutralRule,
    StruckRule,
    RoleRule,
    SkilledRule,
    AvailableRule,
    RegionRule,
    TravelLimitRule,
    PastRule,
    OnePerSeatRule,
    NoDoubleBookingRule,
    TravelGapRule,
    MaxPerDayRule,
    MaxPerWeekRule,
    MaxEveningsRule,
    MaxMeetingsRule,
    MaxHoursRule,
    TravelBudgetRule,
    RestRule,
    MaxOnEndRule,
    TeamMixRule,
    BalancedTeamRule,
    TeamLimitRule,
    LeadFirstRule,
    PairingRule,
    SameTeamRule,
    GrowthRule,
    ExposureCapRule,
    OneSlotRule,
    OneDutyRule,
    PinnedRule,
    FillSeatsRule,
    TeamSkillsRule,
    NeutralChoiceRule,
    ExternalLastRule,
    QuidProQuoRule,
    KeepPublishedRule,
    ContinuityRule,
    KnownFacesRule,
    PracticeRule,
    GrowthStepRule,
    PracticeWindowRule,
    OptionalSeatsRule,
    FairLoadRule,
    WeekendRule,
    EveningsRule,
    ReciprocityRule,
    TravelShareRule,
    WorstServedRule,
    ShortTravelRule,
    OneTripRule,
    CostRule,
    WishesRule,
    FewPeopleRule,
)
"""Every rule that poolmatch brings, in the order in which they are looked at; some are not standard."""
