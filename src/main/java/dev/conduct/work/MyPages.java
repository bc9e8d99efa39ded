package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.PersonalDuties;
import dev.conduct.shell.Words;
import dev.conduct.work.MyWorkPage.Decision;
import dev.conduct.work.MyWorkPage.Owed;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where everybody begins the day: nothing a person owes is missing here.
@Controller
class MyPages implements NavigationEntry {

    private final MyWork work;
    private final Beginning beginning;
    private final List<MyWorkPanel> panels;
    private final List<PersonalDuties> personal;
    private final Overrides overrides;
    private final OverrideRows overrideRows;
    private final DutyRows duties;
    private final ItemRows items;
    private final Door door;
    private final People people;
    private final Procedures procedures;
    private final InstantSource time;

    MyPages(
            MyWork work,
            Beginning beginning,
            List<MyWorkPanel> panels,
            List<PersonalDuties> personal,
            Overrides overrides,
            OverrideRows overrideRows,
            DutyRows duties,
            ItemRows items,
            Door door,
            People people,
            Procedures procedures,
            InstantSource time) {
        this.work = work;
        this.beginning = beginning;
        this.panels = panels;
        this.personal = personal;
        this.overrides = overrides;
        this.overrideRows = overrideRows;
        this.duties = duties;
        this.items = items;
        this.door = door;
        this.people = people;
        this.procedures = procedures;
        this.time = time;
    }

    @Override
    public Entry forActor(Actor actor) {
        return new Entry("", 0, "My work", "/me", "house", null, "h");
    }

    @GetMapping("/me")
    MyWorkPage page(@RequestParam(name = "product", required = false) @Nullable String product, Actor actor) {
        return mine(product == null ? ChosenProduct.wanted(actor) : product.strip(), actor);
    }

    MyWorkPage mine(Actor actor) {
        return mine("", actor);
    }

    /// @param product to which what is to do is narrowed, empty for all; what is owed always stands here
    private MyWorkPage mine(String product, Actor actor) {
        var found = work.of(actor, product);
        return new MyWorkPage(
                product,
                found.tasks(),
                found.more(),
                found.waiting(),
                decisions(actor),
                owed(actor),
                personal.stream()
                        .flatMap(duties -> duties.of(actor).stream())
                        .sorted(Comparator.comparing(
                                PersonalDuties.Owed::due, Comparator.nullsLast(Comparator.naturalOrder())))
                        .toList(),
                FirstLine.of(procedures.at(time.instant()), actor),
                beginning.steps(actor),
                panels.stream()
                        .map(panel -> panel.of(actor))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private List<Decision> decisions(Actor actor) {
        var waiting = overrideRows.undecided(time.instant(), actor.id());
        var seen = visible(waiting.stream().map(GateOverride::item).toList(), actor);
        var mine = waiting.stream()
                .filter(override -> seen.containsKey(override.item()))
                .filter(override -> overrides.mayApprove(override, item(seen, override.item()), actor))
                .toList();
        var names = PageNames.of(mine.stream().map(GateOverride::askedBy).toList(), people, actor);
        return mine.stream()
                .map(override -> new Decision(
                        override.item(),
                        item(seen, override.item()).title(),
                        gate(item(seen, override.item()), override.transition(), override.gate()),
                        Objects.requireNonNullElse(override.reason(), ""),
                        names.name(override.askedBy()),
                        override.endsAt()))
                .toList();
    }

    private List<Owed> owed(Actor actor) {
        var owed = duties.owedBy(actor.id());
        var seen = visible(owed.stream().map(Duty::item).toList(), actor);
        return owed.stream()
                .filter(duty -> seen.containsKey(duty.item()))
                .map(duty -> new Owed(
                        duty.item(),
                        item(seen, duty.item()).title(),
                        gate(item(seen, duty.item()), duty.transition(), duty.gate()),
                        ref(procedure(item(seen, duty.item())), duty.clause()),
                        duty.dueAt()))
                .toList();
    }

    private Map<String, Item> visible(Collection<String> keys, Actor actor) {
        return items.visible(keys, Sight.of(actor)).stream().collect(Collectors.toMap(Item::key, Function.identity()));
    }

    private static Item item(Map<String, Item> seen, String key) {
        return Objects.requireNonNull(seen.get(key));
    }

    private Procedure procedure(Item item) {
        return door.standing(item).procedure();
    }

    private String gate(Item item, String transition, String name) {
        ItemType type = Door.type(procedure(item), item.type());
        var gate = Duties.gate(type, transition, name);
        return gate == null ? Words.plain(name) : gate.title();
    }

    private static String ref(Procedure procedure, String clause) {
        var known = procedure.clauses().get(clause);
        return known == null ? clause : known.ref();
    }
}
