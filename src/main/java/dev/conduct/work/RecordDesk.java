package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.shell.Markdown;
import dev.conduct.shell.StationTime;
import gg.jte.Content;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Meanwhile meanwhile;
    private final Neighbours neighbours;

    private final Remedies remedies;

    RecordDesk(
            Items items,
            Products products,
            Pasts pasts,
            People people,
            StationTime stationTime,
            List<ItemPanel> panels,
            Papers papers,
            Assignees assignees,
            AtRisk atRisk,
            Meanwhile meanwhile,
            Neighbours neighbours,
            Remedies remedies) {
        this.remedies = remedies;
        this.neighbours = neighbours;
        this.meanwhile = meanwhile;
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
        var part = part(past, query);
        var later = !past.newest().isEmpty()
                && (part.events().isEmpty()
                        || part.events().getLast().row()
                                < past.newest().getLast().row());
        var words = stationTime.words(viewer);
        var watchers = papers.watchers(past);
        var neighbours = this.neighbours.of(item, part.events(), viewer);
        var mentioned = neighbours.mentioned();
        var wordings = Wordings.of(past.deciding());
        var ids = ids(past, part.events(), watchers);
        ids.addAll(neighbours.people());
        var shown = RecordMoves.shown(verdicts, query.get("why"), query.get("move"), entered.get("transition"));
        shown.ifPresent(verdict -> ids.addAll(verdict.people()));
        var names = PageNames.of(ids, people, viewer);
        var fields = new FieldRows(new Editing(item, type, procedure, viewer), names, mentioned);
        var changes = problem != null && problem.status() == 412
                ? meanwhile.since(standing, version(entered), viewer)
                : List.<Meanwhile.Change>of();
        var kept = problem != null && problem.status() == 412 ? fresh(entered, changes) : entered;
        var forms = new RecordForms(
                item,
                type,
                procedure,
                asks(query, entered) ? products.offered(item.product()) : List.of(),
                assigns(query, entered) ? assignees.of(item, viewer) : List.of(),
                viewer,
                kept,
                said(query, part.events(), wordings, viewer));
        var form = refused(forms.open(query), problem, changes);
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
                shown.map(new SignalRows(
                                key,
                                type,
                                procedure,
                                names,
                                words,
                                viewer,
                                verdicts,
                                gate -> remedies.place(gate, item, type, item.fields(), viewer))::before)
                        .map(signals -> signals.inWords(sentence -> names.inWords(sentence, words)))
                        .orElse(null),
                RecordMoves.of(verdicts),
                fields.rows(),
                fields.told(),
                fields.editing().any(),
                fields.editing().assignee(),
                item.description().isBlank() ? "" : Markdown.html(item.description(), mentioned),
                papers.of(past, watchers, this.neighbours.linked(neighbours, names), names, viewer),
                new RecordPage.Stream(
                        new StreamEntries(item, type, procedure, names, words, mentioned, wordings).days(part.events()),
                        part.earlier() ? part.events().getFirst().row() : null,
                        later),
                panels(past, viewer),
                proof(past),
                form,
                problem == null ? HttpStatus.OK : HttpStatus.valueOf(problem.status()));
    }

    private static @Nullable FormView refused(
            @Nullable FormView form, @Nullable Problem problem, List<Meanwhile.Change> changes) {
        if (form == null || problem == null) {
            return form;
        }
        return problem.status() == 412 ? form.overtaken(changes) : form.refused(problem.says(), problem.errors());
    }

    /// As it was entered, but for what others changed and this form left alone; it goes on from the version of now.
    private static Map<String, String> fresh(Map<String, String> entered, List<Meanwhile.Change> changes) {
        var fresh = new HashMap<>(Meanwhile.merged(entered, changes));
        fresh.remove("version");
        return fresh;
    }

    private static long version(Map<String, String> entered) {
        var version = entered.getOrDefault("version", "");
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : Long.MAX_VALUE;
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

    /// The part of the history that is asked for: before an event, up to a comment, else the newest.
    private Pasts.Part part(ItemPast past, Map<String, String> query) {
        var before = query.getOrDefault("before", "");
        return before.matches("\\d{1,18}")
                ? pasts.before(past.item(), Long.parseLong(before))
                : pasts.upTo(
                        past,
                        query.getOrDefault("said", query.getOrDefault("reword", query.getOrDefault("unsay", ""))));
    }

    /// The comment that is to be changed, as it stands, when it is the viewer's.
    private static @Nullable String said(
            Map<String, String> query, List<Event> shown, Wordings wordings, Actor viewer) {
        var asked = query.getOrDefault("reword", query.getOrDefault("unsay", ""));
        return shown.stream()
                .filter(event -> event.id().toString().equals(asked))
                .filter(event ->
                        event.action().equals("item.comment") && event.actor().equals(viewer.id()))
                .filter(event -> wordings.deletion(event.id()) == null)
                .map(event -> wordings.current(event).content().getOrDefault("text", ""))
                .findFirst()
                .orElse(null);
    }

    private List<Content> panels(ItemPast past, Actor viewer) {
        return panels.stream()
                .map(panel -> panel.of(past, viewer))
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean assigns(Map<String, String> query, Map<String, String> entered) {
        return query.containsKey("assign")
                || query.containsKey("move")
                || query.getOrDefault("edit", "").equals("assignee")
                || entered.containsKey("assignee");
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
                waiting < events.size() ? "/items/" + past.item().key() + "/proof" : null,
                pasts::log);
    }
}
