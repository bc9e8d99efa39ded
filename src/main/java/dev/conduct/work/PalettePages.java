package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.work.PalettePage.Group;
import dev.conduct.work.PalettePage.Option;
import java.time.InstantSource;
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
    private final ItemRows items;
    private final Moves moves;
    private final Procedures procedures;
    private final List<NavigationEntry> navigation;
    private final InstantSource time;

    PalettePages(
            Searching searching,
            SearchOthers others,
            ItemRows items,
            Moves moves,
            Procedures procedures,
            List<NavigationEntry> navigation,
            InstantSource time) {
        this.searching = searching;
        this.others = others;
        this.items = items;
        this.moves = moves;
        this.procedures = procedures;
        this.navigation = navigation;
        this.time = time;
    }

    /// @param open the record that is on the screen, empty for none
    @GetMapping("/palette")
    PalettePage options(
            @RequestParam(name = "q", defaultValue = "") String typed,
            @RequestParam(name = "open", defaultValue = "") String open,
            Actor actor) {
        var words = typed.strip().toLowerCase(Locale.ROOT);
        var procedure = procedures.at(time.instant());
        var groups = Stream.of(
                new Group(open + ", open now", onOpen(open, words, actor)),
                new Group("Records", words.isEmpty() ? List.of() : records(words, actor)),
                new Group("Pages and actions", pages(words, procedure, actor)));
        return new PalettePage(Stream.concat(groups, others(words, actor))
                .filter(group -> !group.options().isEmpty())
                .toList());
    }

    private List<Option> onOpen(String key, String words, Actor actor) {
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
        options.add(option("user", "Assign somebody", at + "?assign#form", "a"));
        options.add(option("sliders-horizontal", "Edit title and fields", at + "?edit#form", "e"));
        options.add(option("ticket-check", "Record evidence", at + "?evidence#form", ""));
        options.add(option("link-2", "Link another record", at + "?link#form", ""));
        options.add(option("paperclip", "Attach files", at + "?attach#form", ""));
        return matching(options, words);
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

    private List<Option> pages(String words, Procedure procedure, Actor actor) {
        var options = new ArrayList<Option>();
        navigation.stream()
                .flatMap(entry -> entry.entries(actor).stream())
                .sorted(Comparator.comparing(NavigationEntry.Entry::order))
                .forEach(entry -> options.add(option(entry.icon(), entry.label(), entry.href(), "")));
        for (var type : procedure.types().values()) {
            var line = "/lines/" + type.name();
            options.add(option("plus", "Report a " + type.title().toLowerCase(Locale.ROOT), line + "/new", "c"));
            options.add(option("square-kanban", type.plural() + ", board", line + "/board", ""));
            options.add(option("filter", type.plural() + " of mine", LinePage.href(type, LineTabs.MINE), ""));
            options.add(option("filter", type.plural() + ", overrun", LinePage.href(type, LineTabs.OVERRUN), ""));
        }
        options.add(option("user", "Your account", "/account", ""));
        options.add(option("clock", "Dates and times", "/account/times", ""));
        var found = new ArrayList<>(matching(options, words));
        if (!words.isEmpty()) {
            found.add(option("search", "Search everything for these words", "/find?q=" + LinePage.encoded(words), ""));
        }
        return found;
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

    private static Option option(String icon, String says, String href, String key) {
        return new Option(icon, null, says, href, 0, key);
    }

    private static List<Option> matching(List<Option> options, String words) {
        return options.stream()
                .filter(option -> Stream.of(words.split("\\s+"))
                        .allMatch(word -> option.says().toLowerCase(Locale.ROOT).contains(word)))
                .limit(MOST + 3)
                .toList();
    }
}
