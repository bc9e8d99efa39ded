package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.work.HistoricAct;
import dev.conduct.work.HistoricItem;
import dev.conduct.work.HistoricResult;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes issues from a reader and hands them on, some hundred to a transaction. A rehearsal, which has no progress to
/// write down, does the same and takes
/// every transaction back, remembering what would have been there.
final class Batch implements SourceReader.Receiver {

    static final int ISSUES = 200;
    static final int ACTS = 10_000;

    private final Items items;
    private final Products products;
    private final People people;
    private final TransactionTemplate transactions;
    private final Translation translation;
    private final String source;
    private final Actor importer;
    private final @Nullable Progress progress;
    private final boolean rehearsal;

    private final Tally tally = new Tally();
    private final List<SourceIssue> waiting = new ArrayList<>();
    private final Set<String> waitingIds = new HashSet<>();
    private final Map<String, String> actors = new HashMap<>();
    private final Map<String, String> known;
    private final Set<String> components = new HashSet<>();
    private final Map<String, Remembered> taken = new HashMap<>();
    private final Map<String, HistoricItem> halfLinked = new LinkedHashMap<>();
    private int acts;

    /// What was taken in this run. A rehearsal keeps the ids of the acts too, which the database does not remember.
    private record Remembered(Set<String> acts, int deviations) {}

    private record Taken(Translation.Ready ready, HistoricResult result) {}

    Batch(
            Items items,
            Products products,
            People people,
            TransactionTemplate transactions,
            Translation translation,
            Actor importer,
            @Nullable Progress progress) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.transactions = transactions;
        this.translation = translation;
        this.source = translation.mapping().source();
        this.importer = importer;
        this.progress = progress;
        this.rehearsal = progress == null;
        this.known = known(translation.mapping(), people);
    }

    @Override
    public void broken(String at, String says) {
        tally.refused(at, "", says);
    }

    @Override
    public void issue(SourceIssue issue) {
        // An issue that comes again is merged with what it was before, which must be recorded by then.
        if (!waitingIds.add(issue.id())) {
            flush();
            waitingIds.add(issue.id());
        }
        waiting.add(issue);
        acts += issue.changes().size() + issue.comments().size();
        if (waiting.size() >= ISSUES || acts >= ACTS) {
            flush();
        }
    }

    LossAccount finish() {
        flush();
        linkTheRest();
        return tally.account();
    }

    private void flush() {
        var issues = List.copyOf(waiting);
        waiting.clear();
        waitingIds.clear();
        acts = 0;
        if (issues.isEmpty()) {
            return;
        }
        try {
            note(issues, attempt(issues));
        } catch (Problem | DataIntegrityViolationException _) {
            // One of them cannot be stored: alone, each shows whether it is the one.
            issues.forEach(this::alone);
        }
        if (progress != null) {
            progress.handled(issues.size());
        }
    }

    private void alone(SourceIssue issue) {
        try {
            note(List.of(issue), attempt(List.of(issue)));
        } catch (Problem problem) {
            tally.refused(issue.at(), issue.id(), problem.says());
        } catch (DataIntegrityViolationException broken) {
            tally.refused(
                    issue.at(),
                    issue.id(),
                    "It cannot be stored: " + broken.getMostSpecificCause().getMessage());
        }
    }

    /// What becomes of each issue, in order: refused by the translation, or the result of recording it.
    private List<Object> attempt(List<SourceIssue> issues) {
        var knownActors = Map.copyOf(actors);
        var knownComponents = Set.copyOf(components);
        try {
            return transactions.execute(transaction -> {
                var outcomes = new ArrayList<Object>();
                var ready = new ArrayList<Translation.Ready>();
                for (var issue : issues) {
                    var result = translation.translate(issue, this::actor);
                    outcomes.add(result);
                    if (result instanceof Translation.Ready taken) {
                        ensureComponents(taken.item());
                        ready.add(taken);
                    }
                }
                var results = items.history(
                        ready.stream().map(Translation.Ready::item).toList(), importer);
                var next = 0;
                for (var i = 0; i < outcomes.size(); i++) {
                    if (outcomes.get(i) instanceof Translation.Ready taken) {
                        outcomes.set(i, new Taken(taken, results.get(next++)));
                    }
                }
                if (progress == null) {
                    transaction.setRollbackOnly();
                } else {
                    progress.recorded(results);
                }
                return outcomes;
            });
        } catch (RuntimeException failed) {
            forget(knownActors, knownComponents);
            throw failed;
        } finally {
            if (rehearsal) {
                forget(knownActors, knownComponents);
            }
        }
    }

    private void forget(Map<String, String> knownActors, Set<String> knownComponents) {
        actors.keySet().retainAll(knownActors.keySet());
        components.retainAll(knownComponents);
    }

    private String actor(SourceIssue.Author author) {
        var here = known.get(author.id());
        tally.acted(author.id(), author.name(), here);
        return here != null
                ? here
                : actors.computeIfAbsent(
                        author.id(),
                        id -> people.known(source, id, author.name()).id());
    }

    /// Who of the mapping's people is who here.
    ///
    /// @throws Problem 400 for each who is nobody here
    private static Map<String, String> known(Mapping mapping, People people) {
        var known = new HashMap<String, String>();
        var wrong = new ArrayList<FieldProblem>();
        mapping.people().forEach((id, said) -> {
            if (!said.equals(Mapping.OUTSIDE)) {
                people.resolve(said)
                        .ifPresentOrElse(
                                person -> known.put(id, person.id()),
                                () -> wrong.add(new FieldProblem(
                                        "people." + id,
                                        "unknown_person",
                                        "`" + said + "` names nobody here. Write an e-mail address, or outside.")));
            }
        });
        if (!wrong.isEmpty()) {
            throw Problem.badInput(wrong);
        }
        return known;
    }

    private void ensureComponents(HistoricItem item) {
        ensureComponent(translation.component(item.fields()), item.product());
        for (var act : item.acts()) {
            if (act instanceof HistoricAct.FieldChange change) {
                ensureComponent(translation.component(change.fields()), item.product());
            }
        }
    }

    private void ensureComponent(Optional<String> name, String product) {
        name.filter(components::add).ifPresent(text -> products.ensureComponent(product, text, importer));
    }

    private void note(List<SourceIssue> issues, List<Object> outcomes) {
        for (var i = 0; i < issues.size(); i++) {
            switch (outcomes.get(i)) {
                case Translation.Refused refused -> tally.refused(issues.get(i).at(), refused);
                case Taken done -> taken(issues.get(i), done);
                default -> throw new IllegalStateException("no such outcome");
            }
        }
    }

    private void taken(SourceIssue issue, Taken done) {
        var ready = done.ready();
        var result = done.result();
        if (result.outcome() == HistoricResult.Outcome.REFUSED) {
            tally.refused(issue.at(), issue.id(), String.valueOf(result.reason()));
            return;
        }
        if (result.leftOut() > 0) {
            tally.lost("changes of records that have been worked on here since", result.leftOut());
        }
        var before = taken.get(issue.id());
        var acts = rehearsal ? recorded(ready.item(), Set.copyOf(result.unresolvedLinks())) : Set.<String>of();
        if (rehearsal && before != null) {
            var fresh = new HashSet<>(acts);
            fresh.removeAll(before.acts());
            // Exports of one issue contain each other: what is new to both is new to the larger.
            var merged = result.outcome() == HistoricResult.Outcome.MERGED;
            tally.merged(ready, merged ? Math.min(fresh.size(), result.events()) : fresh.size());
            tally.deviations(Math.max(0, result.deviations() - before.deviations()));
            acts.addAll(before.acts());
        } else if (result.outcome() == HistoricResult.Outcome.MERGED) {
            tally.merged(ready, result.events());
            tally.deviations(result.deviations());
        } else {
            tally.imported(ready, result.events());
            tally.deviations(result.deviations());
        }
        taken.put(issue.id(), new Remembered(acts, result.deviations()));
        if (!result.unresolvedLinks().isEmpty()) {
            halfLinked.put(issue.id(), onlyLinks(ready.item(), Set.copyOf(result.unresolvedLinks())));
        }
    }

    private static Set<String> recorded(HistoricItem item, Set<String> unresolved) {
        return item.acts().stream()
                .filter(act -> !(act instanceof HistoricAct.Link link && unresolved.contains(link.otherExternalId())))
                .map(HistoricAct::externalId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static HistoricItem onlyLinks(HistoricItem item, Set<String> others) {
        List<HistoricAct> links = item.acts().stream()
                .filter(act -> act instanceof HistoricAct.Link link && others.contains(link.otherExternalId()))
                .toList();
        return new HistoricItem(
                item.externalSystem(),
                item.externalId(),
                item.named(),
                item.product(),
                item.type(),
                item.title(),
                item.description(),
                item.fields(),
                item.assignee(),
                item.reporter(),
                item.createdAt(),
                item.state(),
                item.sourceState(),
                links);
    }

    /// Links to issues that came later in the run are added now; those to issues nobody brought are lost.
    private void linkTheRest() {
        var found = new ArrayList<HistoricItem>();
        for (var item : halfLinked.values()) {
            var here = item.acts().stream().filter(this::leadsHere).toList();
            var lost = item.acts().size() - here.size();
            if (lost > 0) {
                tally.lost("links to issues that are not here", lost);
            }
            if (!here.isEmpty()) {
                found.add(item);
            }
            if (rehearsal) {
                var recorded = remembered(item.externalId()).acts();
                tally.events(here.stream()
                        .filter(act -> !recorded.contains(act.externalId()))
                        .count());
            }
        }
        for (var from = 0; !rehearsal && from < found.size(); from += ISSUES) {
            var part = List.copyOf(found.subList(from, Math.min(found.size(), from + ISSUES)));
            var results = transactions.execute(_ -> {
                var linked = items.history(part, importer);
                if (progress != null) {
                    progress.recorded(linked);
                }
                return linked;
            });
            tally.events(results.stream().mapToLong(HistoricResult::events).sum());
            if (progress != null) {
                // So that a run that only links is not taken for dead.
                progress.handled(0);
            }
        }
    }

    private boolean leadsHere(HistoricAct act) {
        return act instanceof HistoricAct.Link link && taken.containsKey(link.otherExternalId());
    }

    private Remembered remembered(String id) {
        return taken.getOrDefault(id, new Remembered(Set.of(), 0));
    }
}
