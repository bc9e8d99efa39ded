package dev.conduct.demo;

import com.microsoft.playwright.Page;
import dev.conduct.support.Chromium;
import dev.conduct.support.ServerProcess;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No test but a measurement, run by hand on a quiet machine: `./mvnw -q -Dquick test -Dtest=InteractionFigures`.
/// From a key or a press to the next paint as the browser tells it (Event Timing, in steps of 8 ms), and how long
/// frames take while 200 rows are scrolled.
class InteractionFigures {

    private static final String LISTEN = """
            () => {
                window.took = [];
                new PerformanceObserver(list => {
                    for (const one of list.getEntries()) if (one.interactionId) window.took.push(one.duration);
                }).observe({type: 'event', durationThreshold: 16, buffered: true});
            }
            """;

    private static final String SCROLL = """
            () => new Promise(done => {
                const frames = [];
                let last = performance.now();
                const step = now => {
                    frames.push(now - last);
                    last = now;
                    scrollBy(0, 40);
                    if (frames.length < 180) requestAnimationFrame(step);
                    else done(frames.slice(2).sort((a, b) => a - b));
                };
                requestAnimationFrame(step);
            })
            """;

    @TempDir
    static Path data;

    private interface Act {
        void on(Page page);
    }

    @Test
    void print() throws Exception {
        try (var server = ServerProcess.serving(data.resolve("demo"), Map.of(), "--demo");
                var mira = new Visitor(
                        Chromium.shared().browser(), server.address(), new TestClock(), "Mira Solvang", "")) {
            mira.go("/demo/sign-in").press("Mira Solvang");
            mira.page().waitForURL("**/me");
            System.out.printf("| interaction | slowest, ms |%n|---|--:|%n");
            row(mira, "palette opened and typed into", "/lines/bug", page -> {
                page.keyboard().press("Control+k");
                page.keyboard().type("tariff", new com.microsoft.playwright.Keyboard.TypeOptions().setDelay(60));
                page.locator("#palette [aria-selected=true]").waitFor();
                page.keyboard().press("ArrowDown");
                page.keyboard().press("Escape");
            });
            row(mira, "200 rows: j, k, x, X, all", "/lines/bug?q=sort:created&limit=200", page -> {
                for (var key : List.of("j", "j", "k", "x", "j", "j", "X", "Escape")) {
                    page.keyboard().press(key);
                }
                page.locator("[data-all]").click();
                page.locator("[data-all]").click();
            });
            row(mira, "filter completed by key", "/lines/bug", page -> {
                page.keyboard().press("/");
                page.keyboard().type("sever", new com.microsoft.playwright.Keyboard.TypeOptions().setDelay(60));
                page.locator("#completion [role=option]").first().waitFor();
                page.keyboard().press("ArrowDown");
                page.keyboard().press("Enter");
            });
            row(mira, "board: arrows and the menu of a card", "/lines/bug/board", page -> {
                for (var key : List.of("ArrowRight", "ArrowDown", "ArrowRight", "m", "Escape")) {
                    page.keyboard().press(key);
                }
            });
            row(mira, "record: a field edited in place, left, menu, theme", "/lines/bug?q=assignee:me", page -> {
                page.locator("tbody a.title").first().click();
                page.locator("#stream").waitFor();
                page.evaluate(LISTEN);
                page.keyboard().press("e");
                page.locator("[data-editing] :focus, #form :focus").first().waitFor();
                page.keyboard().type("abc");
                page.keyboard().press("Escape");
                page.keyboard().press("D");
                page.keyboard().press("D");
            });
            mira.go("/lines/bug?q=sort:created&limit=200");
            var rows = mira.page().locator("tbody tr").count();
            @SuppressWarnings("unchecked")
            var frames = (List<Number>) mira.page().evaluate(SCROLL);
            System.out.printf(
                    Locale.ROOT,
                    "%n%d rows scrolled: median frame %.1f ms, 95 of 100 within %.1f ms, the longest %.1f ms%n",
                    rows,
                    frames.get(frames.size() / 2).doubleValue(),
                    frames.get(frames.size() * 95 / 100).doubleValue(),
                    frames.getLast().doubleValue());
        }
    }

    private static void row(Visitor visitor, String what, String path, Act act) {
        visitor.go(path).page().evaluate(LISTEN);
        act.on(visitor.page());
        visitor.page().waitForTimeout(300);
        var slowest = ((Number) visitor.page().evaluate("Math.max(0, ...window.took)")).doubleValue();
        System.out.printf(Locale.ROOT, "| %s | %s |%n", what, slowest == 0 ? "under 16" : String.valueOf(slowest));
    }
}
