package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Signal;
import dev.conduct.shell.Markdown;
import dev.conduct.shell.StationTime;
import dev.conduct.shell.Words;
import dev.conduct.work.RecordPage.FieldRow;
import dev.conduct.work.RecordPage.Move;
import dev.conduct.work.RecordPage.Moves;
import dev.conduct.work.RecordPage.Told;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Puts a record's page together from its item, its history and what its signals say to this actor now.
@Component
class RecordDesk {

    /// Under these names events tell of other people than who acted.
    private static final List<String> NAMED = List.of("assignee", "asked_by", "owed_by");

    private final Items items;
    private final Products products;
    private final Pasts pasts;
    private final People people;
    private final StationTime stationTime;
    private final List<ItemPanel> panels;
    private final Papers papers;
    private final Assignees assignees;
    private final AtRisk atRisk;

    RecordDesk(
            Items items,
            Products products,
            Pasts pasts,
            People people,
            StationTime stationTime,
            List<ItemPanel> panels,
            Papers papers,
            Assignees assignees,
            AtRisk atRisk) {
        this.atRisk = atRisk;
        this.papers = papers;
        this.assignees = assignees;
        this.items = items;
        this.products = products;
        this.pasts = pasts;
        this.people = people;
        this.stationTime = stationTime;
        this.panels = panels.stream()
                .sorted(Comparator.comparingInt(ItemPanel::order))
                .toList();
    }

    /// @param query which form is open, and `why` for the transition whose signals are asked for
    RecordPage page(String key, Map<String, String> query, Actor viewer) {
        return page(key, query, Map.of(), null, viewer);
    }

    /// The page with a form that was not accepted: what was entered stays in it.
    RecordPage refused(
            String key, Map<String, String> query, Map<String, String> entered, Problem problem, Actor viewer) {
        return page(key, query, entered, problem, viewer);
    }

    private RecordPage page(
            String key, Map<String, String> query, Map<String, String> entered, @Nullable Problem problem, Actor who) {
        var standing = items.standing(key, who);
        var item = standing.item();
        var viewer = who.on(item.product());
        var procedure = standing.procedure();
        var type = standing.type();
        var past = pasts.of(standing);
        var history = items.caseOf(standing);
        var verdicts = items.verdicts(standing.found(), viewer);
        var earlier = earlier(query);
        var part = earlier == null ? new Pasts.Part(past.newest(), !past.whole()) : pasts.before(item, earlier);
        var words = stationTime.words(viewer);
        var watchers = papers.watchers(past);
        var names = PageNames.of(ids(past, part.events(), watchers), people, viewer);
        var shown = shown(verdicts, query.get("why"), query.get("move"), entered.get("transition"));
        var forms = new RecordForms(
                item,
                type,
                procedure,
                asks(query, entered) ? products.components(item.product()) : List.of(),
                assigns(query, entered) ? assignees.of(item, viewer) : List.of(),
                viewer,
                entered);
        var form = forms.open(query);
        return new RecordPage(
                item,
                type,
                item.assignee() == null ? null : names.named(item.assignee()),
                names.named(item.reporter()),
                past.newest().reversed().stream()
                        .map(Event::entry)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                item.dueAt() != null && !atRisk.among(List.of(key)).isEmpty(),
                Stations.of(type, history),
                shown.map(new SignalRows(key, type, procedure, names, words, viewer, verdicts)::before)
                        .map(signals -> signals.inWords(sentence -> names.inWords(sentence, words)))
                        .orElse(null),
                moves(verdicts),
                fields(type, item, names),
                told(type, item),
                papers.of(past, watchers, names, viewer),
                new RecordPage.Stream(
                        new StreamEntries(item, type, procedure, names, words).days(part.events()),
                        part.earlier() ? part.events().getFirst().row() : null,
                        earlier != null),
                panels(past, viewer),
                proof(past),
                form == null || problem == null ? form : form.refused(problem.says(), problem.errors()),
                problem == null ? HttpStatus.OK : HttpStatus.valueOf(problem.status()));
    }

    /// Who may be named on the page.
    private static Set<String> ids(ItemPast past, List<Event> shown, List<String> watchers) {
        var ids = new HashSet<>(watchers);
        ids.add(past.item().reporter());
        if (past.item().assignee() != null) {
            ids.add(past.item().assignee());
        }
        Stream.concat(past.deciding().stream(), shown.stream()).forEach(event -> {
            ids.add(event.actor());
            for (var role : NAMED) {
                if (event.data().get(role) instanceof String person) {
                    ids.add(person);
                }
            }
        });
        return ids;
    }

    /// The event before which the history is shown, from the address; null for its newest part.
    private static @Nullable Long earlier(Map<String, String> query) {
        var before = query.getOrDefault("before", "");
        return before.matches("\\d{1,18}") ? Long.valueOf(before) : null;
    }

    /// The transition whose signals stand on the page: the one asked for, else the main way on.
    private static Optional<Signal.Verdict> shown(List<Signal.Verdict> verdicts, @Nullable String... asked) {
        for (var name : asked) {
            var found = verdicts.stream()
                    .filter(verdict -> verdict.transition().name().equals(name))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return next(verdicts);
    }

    private static Optional<Signal.Verdict> next(List<Signal.Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.transition().to() != null
                        && !verdict.transition().back())
                .findFirst();
    }

    private static Moves moves(List<Signal.Verdict> verdicts) {
        var next = next(verdicts);
        var acts = new ArrayList<Move>();
        var others = new ArrayList<Move>();
        var backs = new ArrayList<Move>();
        for (var verdict : verdicts) {
            var transition = verdict.transition();
            if (next.isPresent() && next.get() == verdict) {
                continue;
            }
            if (transition.back()) {
                backs.add(move(verdict));
            } else if (transition.to() != null) {
                others.add(move(verdict));
            } else if (verdict.role() == null) {
                acts.add(move(verdict));
            }
        }
        return new Moves(next.map(RecordDesk::move).orElse(null), acts, others, backs);
    }

    static Move move(Signal.Verdict verdict) {
        var transition = verdict.transition();
        var held = verdict.blockedBy();
        // Held only by what its own form asks: then the form is the way on, not a reason to stop.
        var answerable = held.stream()
                .allMatch(reason -> verdict.signals().stream()
                        .filter(signal -> reason.equals(signal.reason()))
                        .anyMatch(signal -> asked(transition, signal.gate())));
        return new Move(
                transition.name(),
                transition.title(),
                transition.to(),
                answerable ? 0 : held.size(),
                !transition.asks().isEmpty() || transition.back(),
                null);
    }

    private static boolean asked(ItemType.Transition transition, ItemType.Gate gate) {
        return gate.field() != null && transition.asks().contains(gate.field())
                || gate.evidence() == null
                        && gate.rule().contains("item.assignee")
                        && transition.asks().contains("assignee");
    }

    private static List<FieldRow> fields(ItemType type, Item item, PageNames names) {
        var rows = new ArrayList<FieldRow>();
        for (var field : type.fields().values()) {
            if (field.kind() == ItemType.FieldKind.TEXT) {
                continue;
            }
            var value = item.fields().get(field.name());
            var text = value == null ? "" : String.valueOf(value);
            if (text.isEmpty() && field.meaning() == ItemType.Meaning.REASON) {
                continue;
            }
            rows.add(new FieldRow(
                    field.name(),
                    field.title(),
                    switch (field.kind()) {
                        case CHOICE -> Words.plain(text);
                        case PERSON -> text.isEmpty() ? "" : names.name(text);
                        case COMMIT -> text.length() > 12 ? text.substring(0, 12) : text;
                        case LINE, TEXT, NUMBER, COMPONENT, DATE -> text;
                    },
                    field.urgency(text).orElse(null),
                    field.kind() == ItemType.FieldKind.COMMIT || field.kind() == ItemType.FieldKind.COMPONENT,
                    true));
        }
        return rows;
    }

    private static List<Told> told(ItemType type, Item item) {
        return type.fields().values().stream()
                .filter(field -> field.kind() == ItemType.FieldKind.TEXT)
                .filter(field -> item.fields().get(field.name()) instanceof String text && !text.isBlank())
                .map(field -> new Told(
                        field.title(),
                        Markdown.html(String.valueOf(item.fields().get(field.name())))))
                .toList();
    }

    private List<Content> panels(ItemPast past, Actor viewer) {
        return panels.stream()
                .map(panel -> panel.of(past, viewer))
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean assigns(Map<String, String> query, Map<String, String> entered) {
        return query.containsKey("assign") || query.containsKey("move") || entered.containsKey("assignee");
    }

    /// Whether some form may be open, which offers the components.
    private static boolean asks(Map<String, String> query, Map<String, String> entered) {
        return !entered.isEmpty() || query.keySet().stream().anyMatch(RecordForms.OPENING::contains);
    }

    private RecordPage.@Nullable Proof proof(ItemPast past) {
        var events = past.newest();
        if (events.isEmpty()) {
            return null;
        }
        var last = events.getLast();
        var waiting = events.stream().filter(event -> event.entry() == null).count();
        return new RecordPage.Proof(
                pasts.count(past),
                waiting,
                last.entry(),
                last.recordedAt(),
                past.item().procedureVersion(),
                waiting < events.size() ? "/items/" + past.item().key() + "/proof" : null);
    }
}
