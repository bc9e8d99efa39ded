package dev.conduct.demo;

import dev.conduct.work.Attachments;
import dev.conduct.work.Duties;
import dev.conduct.work.Items;
import dev.conduct.work.Overrides;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What all stories share: the doors they act through, the people, the agenda, and chance.
///
/// @param busyFrom from when the company has more to do than it gets done
/// @param lastOfItsKind keys by tale and by component: what a new bug may turn out to be linked with
record Stage(
        Items items,
        Overrides overrides,
        Duties duties,
        Attachments attachments,
        Company company,
        Team team,
        Agenda agenda,
        OfficeHours hours,
        Random random,
        Instant busyFrom,
        Map<String, String> lastOfItsKind) {

    /// The doors of the application, for the agenda to be filled.
    record Doors(Items items, Overrides overrides, Duties duties, Attachments attachments) {}

    static Stage of(Doors doors, Company company, Team team, OfficeHours hours, Random random, Instant busyFrom) {
        return new Stage(
                doors.items(),
                doors.overrides(),
                doors.duties(),
                doors.attachments(),
                company,
                team,
                new Agenda(),
                hours,
                random,
                busyFrom,
                new HashMap<>());
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /// When somebody gets round to it who takes this long as a rule; in busy times things lie about.
    void then(Instant now, Duration typical, boolean urgent, Agenda.Step step) {
        var busy = !urgent && now.isAfter(busyFrom);
        var pace = urgent ? typical.dividedBy(6) : busy ? typical.multipliedBy(chance(14) ? 6 : 2) : typical;
        agenda.plan(hours.after(now, pace, urgent), step);
    }
}
