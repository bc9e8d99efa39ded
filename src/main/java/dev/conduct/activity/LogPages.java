package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Bundles;
import dev.conduct.ledger.Ledger;
import dev.conduct.proof.Assurances;
import dev.conduct.shell.Flash;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/// The pages of the log.
@Controller
class LogPages {

    private static final Pattern WITNESS = Pattern.compile("(?m)^— (\\S+) ");

    private final LogReader log;
    private final Activity activity;
    private final Ledger ledger;
    private final Bundles bundles;
    private final Assurances assurances;

    LogPages(LogReader log, Activity activity, Ledger ledger, Bundles bundles, Assurances assurances) {
        this.log = log;
        this.activity = activity;
        this.ledger = ledger;
        this.bundles = bundles;
        this.assurances = assurances;
    }

    @GetMapping("/log")
    Object show(
            @RequestParam(name = "q", required = false) @Nullable List<String> parts,
            @RequestParam(required = false) @Nullable Long before,
            Actor actor) {
        var query = log.query(parts == null ? "" : String.join(" ", parts).strip(), actor);
        if (query.entry() != null) {
            return new RedirectView("/log/entries/" + query.entry());
        }
        var page = query.mistakes().isEmpty()
                ? log.page(query.wanted(), Page.USUAL, before, actor)
                : new Page<dev.conduct.ledger.Event>(List.of(), null);
        var names = log.names(page.items());
        var all = log.readsAll(actor);
        return new LogPage(
                query,
                page.items().stream().map(event -> LogRow.of(event, names)).toList(),
                page.next() == null ? null : "/log?q=" + LogQuery.encoded(query.text()) + "&before=" + page.next(),
                all,
                ledger.status().size(),
                activity.began(),
                all
                        ? activity.actions().stream()
                                .map(action -> new LogPage.Kind(action, Acts.word(action)))
                                .toList()
                        : List.of(),
                new LogTabs("events", all));
    }

    @GetMapping("/log/entries/{index}")
    EntryPage entry(@PathVariable long index, Actor actor) {
        var event = log.entry(index, actor);
        var proven = activity.proven(event).orElse(null);
        return new EntryPage(
                event,
                LogRow.of(event, log.names(List.of(event))),
                event.content().keySet().stream().sorted().toList(),
                proven,
                proven == null ? List.of() : EntryPage.steps(proven),
                proven == null ? List.of() : witnesses(proven.note()),
                index,
                log.readsAll(actor));
    }

    /// Those who signed below the log itself.
    private static List<String> witnesses(String note) {
        return WITNESS.matcher(note)
                .results()
                .map(found -> found.group(1))
                .skip(1)
                .toList();
    }

    /// Without what lies beside the entry: that can be erased, a file cannot be called back.
    @GetMapping("/log/entries/{index}/proof")
    ResponseEntity<byte[]> proof(@PathVariable long index, Actor actor) {
        var event = log.entry(index, actor);
        var file = new ByteArrayOutputStream();
        bundles.of(List.of(event), one -> false, file);
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("application/zip"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"entry-" + index + ".zip\"")
                .body(file.toByteArray());
    }

    @GetMapping("/log/heads")
    HeadsPage heads(@RequestParam(required = false) @Nullable Long before, Actor actor) {
        log.requireAll(actor);
        var page = activity.heads(Page.USUAL, before);
        return new HeadsPage(
                page.items(),
                page.next() == null ? null : "/log/heads?before=" + page.next(),
                new LogTabs("heads", true));
    }

    @GetMapping("/log/state")
    StatePage state(Actor actor) {
        log.requireAll(actor);
        return new StatePage(
                ledger.status(),
                activity.key(),
                activity.checkpoint().orElse(null),
                activity.witnesses(),
                assurances.now(),
                new LogTabs("state", true));
    }

    @PostMapping("/log/state/check")
    String check(Actor actor, RedirectAttributes redirect) {
        log.requireAll(actor);
        assurances.checkNow();
        Flash.done(redirect, "The whole log is being checked. What comes of it stands here and in the log.");
        return "redirect:/log/state";
    }

    @PostMapping("/log/state/drill")
    String drill(Actor actor, RedirectAttributes redirect) {
        log.requireAll(actor);
        if (assurances.drillNow()) {
            Flash.done(redirect, "A restore is being practised. What comes of it stands here and in the log.");
        } else {
            Flash.stop(redirect, "The database is not Conduct's own: practise with its own means.");
        }
        return "redirect:/log/state";
    }
}
