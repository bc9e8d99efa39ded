package dev.conduct.demo;

import dev.conduct.clock.Alarms;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoInstallation;
import dev.conduct.identity.People;
import dev.conduct.work.Products;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the sample company's last year, act by act through the door, with the clocks ringing in between, up to now.
final class DemoHistory {

    private static final Logger log = LoggerFactory.getLogger(DemoHistory.class);
    private static final Duration TOLD = Duration.ofDays(365);
    private static final Duration BUSY = Duration.ofDays(14);
    /// An exception lasts longer: none ends unseen.
    private static final Duration LOOKS = Duration.ofHours(4);
    private static final Actor FOUNDER = new Actor("system:demo", "Demo", Set.of(), "demo");
    private static final long SEED = 20_240_101;

    private final DemoInstallation installation;
    private final Accounts accounts;
    private final People people;
    private final Products products;
    private final Stage.Doors doors;
    private final Alarms alarms;
    private final List<DemoChapter> chapters;
    private final SimulatedTime time;
    private Instant lookedAt = Instant.EPOCH;
    private @Nullable Instant nextEnding;
    private final Random random = new Random(SEED);
    private final OfficeHours hours = new OfficeHours(random);

    DemoHistory(
            DemoInstallation installation,
            Accounts accounts,
            People people,
            Products products,
            Stage.Doors doors,
            Alarms alarms,
            List<DemoChapter> chapters,
            SimulatedTime time) {
        this.installation = installation;
        this.accounts = accounts;
        this.people = people;
        this.products = products;
        this.doors = doors;
        this.alarms = alarms;
        this.chapters = List.copyOf(chapters);
        this.time = time;
    }

    void tell() {
        var began = System.nanoTime();
        var now = SimulatedTime.realNow();
        var company = Company.read();
        time.moveTo(now.minus(TOLD).minus(Duration.ofDays(1)));
        installation.begin(company.name());
        var team = hire(company);
        found(company, team);
        var stage = Stage.of(doors, company, team, hours, random, now.minus(BUSY));
        var stories = new ArrayList<BugStory>();
        for (var report : reports(company, now)) {
            var story = new BugStory(stage, report.bug());
            story.begin(report.at());
            stories.add(story);
        }
        var scene = new Chapters(now, people, stage.agenda(), stage.lastOfItsKind());
        chapters.forEach(chapter -> chapter.plan(scene));
        stage.agenda().live(now, time, this::ring);
        today(stories);
        time.becomeReal();
        installation.finish();
        log.info(
                "The demo's year was told in {} s",
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    /// Clocks, and exceptions and follow-ups that end.
    private @Nullable Instant ring(Instant now) {
        var clock = alarms.ringAll(now);
        if (now.isAfter(lookedAt.plus(LOOKS)) || nextEnding != null && !nextEnding.isAfter(now)) {
            nextEnding = doors.overrides().expireDue(now);
            lookedAt = now;
        }
        return clock == null || nextEnding != null && nextEnding.isBefore(clock) ? nextEnding : clock;
    }

    /// Two exceptions wait for a second person, one has just been given.
    private static void today(List<BugStory> stories) {
        var asked = 0;
        for (var story : stories.reversed()) {
            if (asked < 3 && story.asksToday(asked == 1)) {
                asked++;
            }
        }
    }

    private Team hire(Company company) {
        var actors = new LinkedHashMap<String, Actor>();
        for (var member : company.people()) {
            var person = accounts.add(member.name(), member.email(), Set.copyOf(member.roles()), FOUNDER);
            actors.put(member.email(), people.actor(person.id(), "demo"));
        }
        return new Team(actors, random);
    }

    private void found(Company company, Team team) {
        var administrator = team.any("administrator");
        for (var product : company.products()) {
            products.create(product.key(), product.name(), administrator);
            for (var part : product.parts()) {
                var owners = part.owners().stream()
                        .map(owner -> team.byEmail(owner).id())
                        .toList();
                products.createComponent(
                        new Products.ProductComponent(product.key(), part.name(), part.critical(), owners),
                        administrator);
            }
        }
    }

    private record Planned(Instant at, BugReport bug) {}

    /// About one bug a working day, and on some weekends; several a day since the last release.
    private List<Planned> reports(Company company, Instant now) {
        var planned = new ArrayList<Planned>();
        var recent = new ArrayDeque<Company.Tale>();
        var tales = company.tales().tales();
        var first = LocalDate.ofInstant(now.minus(TOLD), ZoneOffset.UTC);
        for (var day = first; !day.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC)); day = day.plusDays(1)) {
            var busy = !day.isBefore(LocalDate.ofInstant(now.minus(BUSY), ZoneOffset.UTC));
            for (var count = howMany(day) + (busy ? 1 + howMany(day) + howMany(day) : 0); count > 0; count--) {
                var tale = another(tales, recent);
                planned.add(new Planned(hours.onDay(day), BugReport.met(company, tale, random)));
            }
        }
        return planned;
    }

    /// Not one of those that were met last.
    private Company.Tale another(List<Company.Tale> tales, ArrayDeque<Company.Tale> recent) {
        var tale = tales.get(random.nextInt(tales.size()));
        while (recent.contains(tale)) {
            tale = tales.get(random.nextInt(tales.size()));
        }
        recent.add(tale);
        if (recent.size() > tales.size() / 2) {
            recent.remove();
        }
        return tale;
    }

    private int howMany(LocalDate day) {
        var weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return weekend ? (random.nextInt(6) == 0 ? 1 : 0) : random.nextInt(3);
    }
}
