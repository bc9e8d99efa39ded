package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import dev.conduct.work.PalettePage.Group;
import dev.conduct.work.PalettePage.Option;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Answers what the command palette offers for what was typed.
@Controller
class PalettePages {

    private static final int MOST = 7;

    private final Searching searching;
    private final SearchOthers others;
    private final PaletteCommands commands;
    private final ItemRows items;
    private final Moves moves;
    private final Procedures procedures;

    PalettePages(
            Searching searching,
            SearchOthers others,
            PaletteCommands commands,
            ItemRows items,
            Moves moves,
            Procedures procedures) {
        this.searching = searching;
        this.others = others;
        this.commands = commands;
        this.items = items;
        this.moves = moves;
        this.procedures = procedures;
    }

    /// What begins with the words stands before records that hold them; what only holds them, after.
    ///
    /// @param open the record that is on the screen, empty for none
    @GetMapping("/palette")
    PalettePage options(
            @RequestParam(name = "q", defaultValue = "") String typed,
            @RequestParam(name = "open", defaultValue = "") String open,
            Actor actor) {
        var asked = typed.strip().toLowerCase(Locale.ROOT);
        var words = Searching.words(asked);
        var known = commands.all(words, actor);
        var meant = known.stream()
                .filter(option -> option.means(words))
                .limit(MOST + 3)
                .toList();
        var rest = known.stream()
                .filter(option -> !meant.contains(option) && option.holds(words))
                .limit(MOST)
                .toList();
        var search = PaletteCommands.option(
                "search", "Search everything for these words", "/find?q=" + LinePage.encoded(asked), "");
        var groups = Stream.of(
                new Group(open + ", open now", onOpen(open, words, actor)),
                new Group("Pages and actions", meant),
                new Group("Records", words.isEmpty() ? List.of() : records(asked, actor)),
                new Group("More pages and actions", rest));
        var last = new Group("Search", words.isEmpty() ? List.of() : List.of(search));
        return new PalettePage(Stream.of(groups, others(asked, actor), Stream.of(last))
                .flatMap(group -> group)
                .filter(group -> !group.options().isEmpty())
                .toList());
    }

    private List<Option> onOpen(String key, List<String> words, Actor actor) {
        var item = key.isEmpty() ? null : items.find(key, Sight.of(actor)).orElse(null);
        if (item == null) {
            return List.of();
        }
        var at = "/items/" + item.key();
        var options = new ArrayList<Option>();
        moves.verdicts(item, actor).stream()
                .filter(verdict -> verdict.role() == null)
                .sorted(Comparator.comparing(verdict -> verdict.transition().back()))
                .map(verdict -> move(at, verdict))
                .forEach(options::add);
        options.addAll(PaletteCommands.onRecord(at));
        return options.stream()
                .filter(option -> option.holds(words))
                .limit(MOST + 3)
                .toList();
    }

    private static Option move(String at, Signal.Verdict verdict) {
        var name = verdict.transition().name();
        var held = verdict.allowed() ? 0 : verdict.blockedBy().size();
        return new Option(
                verdict.transition().back() ? "undo-2" : "route",
                null,
                verdict.transition().title(),
                at + (held > 0 ? "?why=" + name + "#signals" : "?move=" + name + "#form"),
                held,
                held > 0 ? because(verdict.blockedBy().getFirst()) : "");
    }

    /// A sentence that names somebody by id is told in full on the record, with the name.
    private static String because(Reason reason) {
        return reason.says().contains("person:") || reason.says().contains("client:") ? reason.title() : reason.says();
    }

    private List<Option> records(String words, Actor actor) {
        return searching.quick(words, MOST, actor).stream()
                .map(item -> {
                    var type = Door.type(procedures.version(item.procedureVersion()), item.type());
                    return new Option(
                            type.icon(),
                            item.key(),
                            item.title(),
                            "/items/" + item.key(),
                            0,
                            Stations.title(type, item.state()));
                })
                .toList();
    }

    /// Products, people and clauses by their words.
    private Stream<Group> others(String words, Actor actor) {
        return others.of(Searching.words(words), words, actor).stream()
                .map(group -> new Group(
                        group.title(),
                        group.others().stream()
                                .limit(MOST)
                                .map(other -> new Option(
                                        other.icon(),
                                        other.mark().isEmpty() ? null : other.mark(),
                                        other.title().plain(),
                                        other.href(),
                                        0,
                                        other.aside()))
                                .toList()));
    }
}
