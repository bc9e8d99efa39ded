package dev.conduct.demo;

import dev.conduct.clock.Alarms;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.DemoInstallation;
import dev.conduct.identity.People;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the sample company's last year, act by act through the door, with the clocks ringing in between, up to now.
final class DemoHistory {

    private static final Logger log = LoggerFactory.getLogger(DemoHistory.class);
    private static final Duration TOLD = Duration.ofDays(365);
    private static final Actor FOUNDER = new Actor("system:demo", "Demo", Set.of("administrator"), "demo");
    private static final long SEED = 20_240_101;

    private final DemoInstallation installation;
    private final Accounts accounts;
    private final People people;
    private final Products products;
    private final Items items;
    private final Alarms alarms;
    private final SimulatedTime time;
    private final Random random = new Random(SEED);
    private final OfficeHours hours = new OfficeHours(random);

    DemoHistory(
            DemoInstallation installation,
            Accounts accounts,
            People people,
            Products products,
            Items items,
            Alarms alarms,
            SimulatedTime time) {
        this.installation = installation;
        this.accounts = accounts;
        this.people = people;
        this.products = products;
        this.items = items;
        this.alarms = alarms;
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
        var agenda = new Agenda();
        var lastOfItsKind = new HashMap<String, String>();
        for (var report : reports(company)) {
            new BugStory(items, team, agenda, hours, random, report.bug(), lastOfItsKind).begin(report.at());
        }
        agenda.live(now, time, alarms::ringAll);
        time.becomeReal();
        installation.finish();
        log.info(
                "The demo's year was told in {} s",
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
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

    /// About two bugs a working day, one on some weekends.
    private List<Planned> reports(Company company) {
        var planned = new ArrayList<Planned>();
        var tales = company.tales().tales();
        var first = LocalDate.ofInstant(SimulatedTime.realNow().minus(TOLD), ZoneOffset.UTC);
        for (var day = first;
                !day.isAfter(LocalDate.ofInstant(SimulatedTime.realNow(), ZoneOffset.UTC));
                day = day.plusDays(1)) {
            for (var count = howMany(day); count > 0; count--) {
                var tale = tales.get(random.nextInt(tales.size()));
                planned.add(new Planned(hours.onDay(day), BugReport.met(company, tale, random)));
            }
        }
        return planned;
    }

    private int howMany(LocalDate day) {
        var weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return weekend ? (random.nextInt(6) == 0 ? 1 : 0) : random.nextInt(4);
    }
}
