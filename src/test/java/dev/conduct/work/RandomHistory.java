package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.springframework.mock.web.MockMultipartFile;

/// People who do this and that, able and unable, through the door; the same seed does the same.
final class RandomHistory {

    private static final List<String> WORDS = List.of(
            "the editor", "loses", "<b>lines</b>", "naïve", "日本語", "'; drop table", "👩‍👩‍👧", "\\0", "& more");

    private record Said(String key, Actor by, UUID comment) {}

    private static final List<String> COMMITS = List.of("a1b2c3d4e5f6", "0123456789ab");

    /// Whatever acts may come in by.
    record Doors(
            Items items,
            Remarks remarks,
            Overrides overrides,
            Duties duties,
            Attachments attachments,
            Products products,
            Procedures procedures,
            Migrations migrations) {}

    private final Doors doors;
    private final Items items;
    private final Remarks remarks;
    private final Cast cast;
    private final TestClock clock;
    private final RandomGenerator random;
    /// What people think better of draws from another source, so that it changes nothing of what they do else.
    private final RandomGenerator later;
    private final List<Said> said = new ArrayList<>();
    private final List<Actor> people;
    private final List<String> keys = new ArrayList<>();
    private final List<List<HistoricAct>> told = new ArrayList<>();
    private final Instant past;
    private String inFix;
    int refused;

    RandomHistory(Doors doors, Cast cast, TestClock clock, long seed) {
        this.doors = doors;
        this.items = doors.items();
        this.remarks = doors.remarks();
        this.cast = cast;
        this.clock = clock;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.later = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + 1);
        this.people = List.of(cast.sam, cast.paula, cast.quinn, cast.tom, cast.lea, cast.ruth, cast.carla, cast.ana);
        this.past = clock.instant().minus(Duration.ofDays(300));
        this.inFix = inFixOf(doors.procedures().at(clock.instant()));
    }

    private static String inFixOf(Procedure procedure) {
        var type = Objects.requireNonNull(procedure.types().get("bug"));
        return Objects.requireNonNull(
                Objects.requireNonNull(type.transitions().get("start_fix")).to());
    }

    void happen(int acts) {
        keys.add(cast.approved(COMMITS.getFirst()).key());
        keys.add(cast.inReview(COMMITS.getLast()).key());
        settle(excepted());
        excepted();
        for (var i = 0; i < acts; i++) {
            if (i == acts / 2) {
                adopt();
            }
            try {
                act();
                if (later.nextInt(3) == 0) {
                    rethink();
                }
            } catch (Problem refusal) {
                refused++;
            }
            if (random.nextInt(4) == 0) {
                clock.advance(Duration.ofMinutes(random.nextInt(600)));
            }
            if (random.nextInt(20) == 0) {
                doors.overrides().expireDue(clock.instant());
                var _ = doors.migrations().moveDue(clock.instant());
            }
        }
        clock.advance(Duration.ofDays(4));
        doors.overrides().expireDue(clock.instant());
    }

    /// A newer version, which moves what is under way and calls the state of fixing otherwise than the one before.
    private void adopt() {
        var version = "r" + clock.instant().toEpochMilli();
        var before = inFix;
        inFix = "fixing" + clock.instant().toEpochMilli() % 1_000_000;
        var files = new TreeMap<>(PackFiles.standard().files());
        change(files, "pack.yaml", "version: \"2026.11\"", "version: \"" + version + "\"");
        change(
                files,
                "pack.yaml",
                "  rule: move\n",
                "  rule: move\n  states:\n    bug: {" + before + ": " + inFix + "}\n");
        change(files, "types/bug.yaml", "in_fix", inFix);
        doors.procedures().adopt(new PackFiles(files), null, cast.ana.id(), "api", cast.lea.id());
    }

    private static void change(Map<String, byte[]> files, String file, String before, String after) {
        files.computeIfPresent(
                file,
                (name, bytes) -> new String(bytes, StandardCharsets.UTF_8)
                        .replace(before, after)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void act() {
        switch (random.nextInt(24)) {
            case 0 ->
                keys.add(cast.reported(words(), Map.of("severity", severity())).key());
            case 1, 2, 3, 4 -> move();
            case 5, 6 -> edit();
            case 7 -> say();
            case 8 ->
                items.link(
                        any(keys),
                        any(List.of("duplicates", "blocks", "causes", "fixes")),
                        any(keys),
                        null,
                        any(people));
            case 9 -> attest();
            case 10 -> remarks.watch(any(keys), random.nextBoolean(), any(people));
            case 11, 12, 13, 14, 15, 16, 17 -> except();
            case 18 -> settle();
            case 19 -> attach();
            case 20 -> component();
            default -> importHistory();
        }
    }

    private void say() {
        var key = any(keys);
        var text = words();
        var who = any(people);
        said.add(new Said(
                key,
                who,
                remarks.comment(key, text, keys.size() % 2 == 0, null, who)
                        .event()
                        .id()));
    }

    /// Somebody says otherwise what they said, or deletes it; now and then somebody who did not say it.
    private void rethink() {
        if (said.isEmpty()) {
            return;
        }
        var one = said.get(later.nextInt(said.size()));
        var who = later.nextInt(9) == 0 ? cast.ruth : one.by();
        if (later.nextInt(3) == 0) {
            items.unsay(one.key(), one.comment().toString(), who);
        } else {
            items.reword(one.key(), one.comment().toString(), "Rather number " + later.nextInt(1_000), who);
        }
    }

    /// Mostly a way that leads on from here, by somebody who may.
    private void move() {
        var key = any(keys);
        var item = items.findVisible(key, cast.ana);
        var ways = items.verdicts(key, cast.ana);
        if (ways.isEmpty()) {
            return;
        }
        var way = random.nextInt(10) == 0 ? "deploy" : any(ways).transition().name();
        var able = people.stream()
                .filter(person -> ways.stream()
                        .anyMatch(it -> it.transition().name().equals(way)
                                && person.hasAny(it.transition().roles())))
                .toList();
        var who = able.isEmpty() || random.nextInt(8) == 0 ? any(people) : any(able);
        var fields = new java.util.HashMap<String, Object>();
        switch (way) {
            case "log" ->
                fields.putAll(
                        Map.of("kind", "functional", "component", "editor", "expected", words(), "actual", words()));
            case "assess" -> fields.putAll(Map.of("impact", words()));
            case "triage" -> fields.put("priority", severity());
            case "submit_fix" -> fields.putAll(Map.of("fix_commit", any(COMMITS), "root_cause", words()));
            case "reject" -> fields.put("reason", any(List.of("rejected", "cannot_reproduce", "duplicate")));
            case "close" -> fields.put("lessons", words());
            default -> {}
        }
        items.move(
                new Items.Move(
                        key,
                        way,
                        fields,
                        way.equals("assign") ? any(List.of(cast.tom.id(), cast.lea.id())) : null,
                        random.nextInt(3) == 0 ? words() : null,
                        random.nextInt(6) == 0 ? item.version() + random.nextInt(2) : null,
                        null),
                who);
    }

    private void edit() {
        var fields = new java.util.HashMap<String, Object>();
        if (random.nextBoolean()) {
            fields.put("severity", severity());
        }
        if (random.nextBoolean()) {
            fields.put(any(List.of("steps", "impact", "expected")), random.nextInt(4) == 0 ? "" : words());
        }
        items.edit(
                new Items.Edit(
                        any(keys),
                        random.nextBoolean() ? words() : null,
                        random.nextBoolean() ? words() + "\n\n" + words() : null,
                        fields,
                        random.nextInt(3) == 0 ? any(List.of("", cast.tom.id(), cast.lea.id())) : null,
                        null,
                        null),
                any(people));
    }

    private void attest() {
        var kind = any(List.of("local_test", "review", "staging_test", "regression", "deployment", "watch"));
        cast.attest(items.findVisible(any(keys), cast.ana), kind, any(COMMITS), any(people));
    }

    /// What chance alone seldom brings: an exception that is used.
    private UUID excepted() {
        var key = cast.inFix().key();
        keys.add(key);
        var reason = "The machine that tests is down: " + words();
        var asked = doors.overrides().ask(new Overrides.Ask(key, "submit_fix", "tested_locally", reason), cast.tom);
        doors.overrides().approve(key, asked.id(), words(), cast.lea);
        cast.move(cast.found(key), "submit_fix", cast.tom, "fix_commit", any(COMMITS), "root_cause", words());
        return asked.id();
    }

    private void settle(UUID duty) {
        cast.attest(cast.found(keys.getLast()), "local_test", any(COMMITS), cast.tom);
        doors.duties().settle(duty, words(), cast.lea);
    }

    /// Asks for an exception from what holds a way on, or decides about one that waits; then takes the way.
    private void except() {
        var asked = random.nextInt(3) > 0;
        var running = keys.reversed().stream()
                .flatMap(one -> doors.overrides().page(one, 50, null, cast.ana).items().stream())
                .filter(override -> asked && override.waits(clock.instant()))
                .findFirst();
        var key = running.map(GateOverride::item).orElseGet(() -> any(keys));
        if (running.isPresent()) {
            if (random.nextInt(3) == 0) {
                doors.overrides().decline(key, running.get().id(), words(), any(List.of(cast.lea, cast.paula)));
            } else {
                doors.overrides().approve(key, running.get().id(), null, any(List.of(cast.lea, cast.paula, cast.ruth)));
                var way = running.get().transition();
                var fields = way.equals("submit_fix")
                        ? Map.<String, Object>of("fix_commit", any(COMMITS), "root_cause", words())
                        : Map.<String, Object>of();
                items.move(new Items.Move(key, way, fields, null, null, null, null), able(key, way));
            }
            return;
        }
        var held = items.verdicts(key, cast.ana).stream()
                .flatMap(verdict -> verdict.blockedBy().stream()
                        .filter(reason -> reason.kind() == Reason.Kind.MISSING)
                        .map(reason -> List.of(verdict.transition().name(), reason.gate())))
                .toList();
        if (!held.isEmpty()) {
            var one = any(held);
            doors.overrides()
                    .ask(
                            new Overrides.Ask(
                                    key, one.getFirst(), one.getLast(), "It cannot wait for what is asked: " + words()),
                            able(key, one.getFirst()));
        }
    }

    private Actor able(String key, String way) {
        return people.stream()
                .filter(person -> items.verdicts(key, cast.ana).stream()
                        .anyMatch(it -> it.transition().name().equals(way)
                                && person.hasAny(it.transition().roles())))
                .findFirst()
                .orElse(cast.tom);
    }

    private void settle() {
        var owed = doors.duties().page(true, 50, null, cast.ana).items().stream()
                .filter(duty -> keys.contains(duty.item()))
                .toList();
        if (!owed.isEmpty()) {
            var duty = any(owed);
            if (duty.evidence() != null) {
                cast.attest(cast.found(duty.item()), duty.evidence(), any(COMMITS), any(people));
            }
            doors.duties().settle(duty.id(), words(), any(List.of(cast.lea, cast.paula)));
        }
    }

    /// To everybody who acts here, so that whatever comes next goes its way; every third time it is opened.
    private void restrict() {
        var readers = new ArrayList<>(people.stream().map(Actor::id).toList());
        readers.addAll(List.of(cast.ana.id(), "role:qa"));
        items.restrict(
                new Items.Restriction(keys.get(keys.size() / 2), keys.size() % 3 == 0 ? null : readers, null),
                cast.lea);
    }

    private void attach() {
        var content = words().getBytes(StandardCharsets.UTF_8);
        doors.attachments()
                .attach(
                        any(keys),
                        new MockMultipartFile("file", random.nextInt(100) + " seen.txt", "text/plain", content),
                        keys.size() % 2 == 0,
                        any(people));
    }

    /// Another component, and an item that moves there: the fix counts for who knows that one.
    private void component() {
        var name = "part " + random.nextInt(1_000_000);
        doors.products()
                .createComponent(
                        new Products.ProductComponent(cast.product, name, random.nextBoolean(), List.of(cast.tom.id())),
                        cast.ana);
        items.edit(new Items.Edit(any(keys), null, null, Map.of("component", name), null, null, null), any(people));
        restrict();
    }

    /// A new one, or one that has gone on elsewhere since it came in.
    private void importHistory() {
        var again = !told.isEmpty() && random.nextBoolean();
        var number = again ? random.nextInt(told.size()) : told.size();
        if (!again) {
            told.add(new ArrayList<>());
        }
        var acts = told.get(number);
        for (var more = random.nextInt(6); more > 0; more--) {
            acts.add(elsewhere("a" + acts.size(), past.plus(Duration.ofHours(acts.size() * 7L + 1))));
        }
        var results = items.history(
                List.of(new HistoricItem(
                        "jira",
                        "X-" + number,
                        cast.product,
                        "bug",
                        "Elsewhere " + number,
                        "",
                        Map.of("severity", "low"),
                        null,
                        cast.sam.id(),
                        past,
                        null,
                        "Open",
                        List.copyOf(acts))),
                cast.importer());
        var key = results.getFirst().key();
        if (key != null && !keys.contains(key)) {
            keys.add(key);
        }
    }

    private HistoricAct elsewhere(String id, Instant at) {
        var actor = any(people).id();
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                new HistoricAct.StateChange(
                        id,
                        at,
                        actor,
                        any(List.of("logged", inFix, "resolved", "closed", "logged")),
                        "Other",
                        Map.of());
            case 2 ->
                new HistoricAct.FieldChange(
                        id, at, actor, words(), null, Map.of("severity", severity()), List.of("steps"));
            case 3 -> new HistoricAct.Assignment(id, at, actor, random.nextBoolean() ? cast.tom.id() : null);
            case 4 -> new HistoricAct.Link(id, at, actor, "blocks", "X-" + random.nextInt(told.size() + 1));
            default -> new HistoricAct.Comment(id, at, actor, words());
        };
    }

    private String severity() {
        return any(List.of("critical", "high", "medium", "low"));
    }

    private String words() {
        return any(WORDS) + " " + any(WORDS) + " " + random.nextInt(100);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
