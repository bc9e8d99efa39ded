package dev.conduct.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real browser for a test; the test is skipped, with the reason, where there is none.
public final class Chromium {

    /// The one without windows first: it shows the same pages for two thirds of the processor time.
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium-headless-shell"),
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));

    private static @Nullable Chromium shared;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--in-process-gpu",
                                "--renderer-process-limit=2",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /// One for all tests of this JVM: starting a browser costs seconds. It ends with the JVM.
    public static synchronized Chromium shared() {
        var running = shared;
        if (running == null) {
            running = start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            shared = running;
        }
        return running;
    }

    private static Chromium start() {
        var found = PLACES.stream().filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(found.isPresent(), "no Chromium at any of " + PLACES);
        return new Chromium(found.orElseThrow());
    }

    public Browser browser() {
        return browser;
    }

    private void close() {
        browser.close();
        playwright.close();
    }
}
