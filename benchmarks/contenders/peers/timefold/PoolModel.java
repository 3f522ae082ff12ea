import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import java.util.Arrays;
import java.util.List;

/**
 * A pool as Timefold sees it: who may take which seat, what is forbidden, and what costs how much.
 *
 * <p>The standard rules as they bear on fixed meetings with one seat each, such as those of {@code benchmarks/cases/pools.py}.
 * Those pools have no teams, series, slots, duties, pairings, pins or published rosters, so there are no constraints for
 * them, and the exporter refuses them. Who is eligible is the value range of a seat. What an assignment costs by itself
 * (neutrality, kilometres, wishes, externals) is one whole number; limits, loads and balances are added up here.
 *
 * <p>Costs are in units of the weighted sum of the rules: the soft score is minus {@code Report.weighted.value}.
 */
public final class PoolModel {

    private PoolModel() {}

    /** A convex charge: each edge charges its rate for what lies above it. */
    public record Hinges(long[] edges, long[] rates) {

        long charge(long amount) {
            long total = 0;
            for (int k = 0; k < edges.length; k++) {
                total += rates[k] * Math.max(0, amount - edges[k]);
            }
            return total;
        }
    }

    /** An organisation: its opening balance in minutes, and what a closing balance costs. */
    public static final class Organisation {

        final long opening;
        final Hinges balance;

        public Organisation(long opening, Hinges balance) {
            this.opening = opening;
            this.balance = balance;
        }
    }

    /** A facilitator: employer (or null), limits, and what load costs, in hundredths of a tick. */
    public static final class Facilitator {

        final int position;
        final Organisation employer;
        final int perDay;
        final int[] perWeek;
        final int meetings;
        final long ticks;
        final Hinges load;

        public Facilitator(
                int position, Organisation employer, int perDay, int[] perWeek, int meetings, long ticks, Hinges load) {
            this.position = position;
            this.employer = employer;
            this.perDay = perDay;
            this.perWeek = perWeek;
            this.meetings = meetings;
            this.ticks = ticks;
            this.load = load;
        }
    }

    /** Minutes that an organisation receives once a seat is taken. */
    public static final class Receipt {

        final int seat;
        final Organisation organisation;
        final long minutes;

        public Receipt(int seat, Organisation organisation, long minutes) {
            this.seat = seat;
            this.organisation = organisation;
            this.minutes = minutes;
        }
    }

    /** A seat of a meeting; who takes it is what is planned. */
    @PlanningEntity
    public static class Seat {

        @PlanningId
        private int position;

        private int day;
        private int week;
        private long ticks;
        private long minutes;
        private long empty;
        private int[] ids;
        private long[] costs;
        private int[] apart;

        @ValueRangeProvider(id = "eligible")
        private List<Facilitator> eligible;

        @PlanningVariable(valueRangeProviderRefs = "eligible", allowsUnassigned = true)
        private Facilitator facilitator;

        public Seat() {}

        /** Eligible facilitators and the seats that one person cannot hold as well come by ascending position. */
        public Seat(
                int position,
                int day,
                int week,
                long ticks,
                long minutes,
                long empty,
                Facilitator[] eligible,
                long[] costs,
                int[] apart) {
            this.position = position;
            this.day = day;
            this.week = week;
            this.ticks = ticks;
            this.minutes = minutes;
            this.empty = empty;
            this.eligible = List.of(eligible);
            this.ids = Arrays.stream(eligible).mapToInt(person -> person.position).toArray();
            this.costs = costs;
            this.apart = apart;
        }

        public Facilitator getFacilitator() {
            return facilitator;
        }

        public void setFacilitator(Facilitator facilitator) {
            this.facilitator = facilitator;
        }

        /** Position of who takes the seat, -1 when nobody does. */
        public int taker() {
            return facilitator == null ? -1 : facilitator.position;
        }

        long cost() {
            return costs[Arrays.binarySearch(ids, facilitator.position)];
        }

        boolean isApart(Seat other) {
            return Arrays.binarySearch(apart, other.position) >= 0;
        }
    }

    /** All there is to plan. */
    @PlanningSolution
    public static class Pool {

        @ProblemFactCollectionProperty
        private List<Organisation> organisations;

        @ProblemFactCollectionProperty
        private List<Receipt> receipts;

        @PlanningEntityCollectionProperty
        private List<Seat> seats;

        @PlanningScore
        private HardSoftLongScore score;

        public Pool() {}

        public Pool(Organisation[] organisations, Receipt[] receipts, Seat[] seats) {
            this.organisations = List.of(organisations);
            this.receipts = List.of(receipts);
            this.seats = List.of(seats);
        }

        public HardSoftLongScore getScore() {
            return score;
        }

        public int[] takers() {
            return seats.stream().mapToInt(Seat::taker).toArray();
        }
    }

    /** The rules as constraint streams. */
    public static final class Rules implements ConstraintProvider {

        @Override
        public Constraint[] defineConstraints(ConstraintFactory factory) {
            // Two rules ask for it; Timefold adds it up once.
            var loads = factory.forEach(Seat.class)
                    .groupBy(Seat::getFacilitator, ConstraintCollectors.sumLong(seat -> seat.ticks));
            return new Constraint[] {
                apart(factory),
                perDay(factory),
                perWeek(factory),
                meetings(factory),
                hours(loads),
                emptySeats(factory),
                assignments(factory),
                fairLoad(loads),
                reciprocity(factory)
            };
        }

        /** Nobody is in two places at once, without the time to travel, or without a night's rest. */
        Constraint apart(ConstraintFactory factory) {
            return factory.forEachUniquePair(Seat.class, Joiners.equal(Seat::getFacilitator))
                    .filter(Seat::isApart)
                    .penalize(HardSoftLongScore.ONE_HARD)
                    .asConstraint("no-double-booking, travel-gap, rest");
        }

        Constraint perDay(ConstraintFactory factory) {
            return factory.forEach(Seat.class)
                    .groupBy(Seat::getFacilitator, seat -> seat.day, ConstraintCollectors.count())
                    .filter((person, day, count) -> count > person.perDay)
                    .penalizeLong(HardSoftLongScore.ONE_HARD, (person, day, count) -> count - person.perDay)
                    .asConstraint("max-per-day");
        }

        /** What the past took of a week's limit is off already. */
        Constraint perWeek(ConstraintFactory factory) {
            return factory.forEach(Seat.class)
                    .groupBy(Seat::getFacilitator, seat -> seat.week, ConstraintCollectors.count())
                    .filter((person, week, count) -> count > person.perWeek[week])
                    .penalizeLong(HardSoftLongScore.ONE_HARD, (person, week, count) -> count - person.perWeek[week])
                    .asConstraint("max-per-week");
        }

        Constraint meetings(ConstraintFactory factory) {
            return factory.forEach(Seat.class)
                    .groupBy(Seat::getFacilitator, ConstraintCollectors.count())
                    .filter((person, count) -> count > person.meetings)
                    .penalizeLong(HardSoftLongScore.ONE_HARD, (person, count) -> count - person.meetings)
                    .asConstraint("max-meetings");
        }

        /** One hard point per tick would drown the other limits; here each person counts once. */
        Constraint hours(BiConstraintStream<Facilitator, Long> loads) {
            return loads.filter((person, ticks) -> ticks > person.ticks)
                    .penalize(HardSoftLongScore.ONE_HARD)
                    .asConstraint("max-hours");
        }

        Constraint emptySeats(ConstraintFactory factory) {
            return factory.forEachIncludingUnassigned(Seat.class)
                    .filter(seat -> seat.facilitator == null)
                    .penalizeLong(HardSoftLongScore.ONE_SOFT, seat -> seat.empty)
                    .asConstraint("fill-seats");
        }

        /** A wish that is met costs less than nothing, hence an impact of either sign. */
        Constraint assignments(ConstraintFactory factory) {
            return factory.forEach(Seat.class)
                    .impactLong(HardSoftLongScore.ONE_SOFT, seat -> -seat.cost())
                    .asConstraint("neutral-choice, external-last, short-travel, cost, wishes");
        }

        Constraint fairLoad(BiConstraintStream<Facilitator, Long> loads) {
            return loads.penalizeLong(HardSoftLongScore.ONE_SOFT, (person, ticks) -> person.load.charge(100 * ticks))
                    .asConstraint("fair-load");
        }

        /** The opening balance, plus what an organisation's people give, less what it receives. */
        Constraint reciprocity(ConstraintFactory factory) {
            var opening = factory.forEach(Organisation.class).map(row -> row, row -> row.opening);
            var given = factory.forEach(Seat.class)
                    .filter(seat -> seat.facilitator.employer != null)
                    .map(seat -> seat.facilitator.employer, seat -> seat.minutes);
            var received = factory.forEach(Seat.class)
                    .join(Receipt.class, Joiners.equal(seat -> seat.position, receipt -> receipt.seat))
                    .map((seat, receipt) -> receipt.organisation, (seat, receipt) -> -receipt.minutes);
            return opening.concat(given)
                    .concat(received)
                    .groupBy(
                            (organisation, minutes) -> organisation,
                            ConstraintCollectors.sumLong((organisation, minutes) -> minutes))
                    .penalizeLong(
                            HardSoftLongScore.ONE_SOFT,
                            (organisation, balance) -> organisation.balance.charge(Math.abs(balance)))
                    .asConstraint("reciprocity");
        }
    }
}
