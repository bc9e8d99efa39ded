package dev.conduct.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Somebody at a browser of their own, with a password and an authenticator app. Whatever the browser complains about
/// (a broken content policy, a script error, a file that is not there) is kept, for the test to fail on.
public final class Visitor implements AutoCloseable {

    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String PASSWORD = "nine calm otters drift by ";

    private final String name;
    private final String email;
    private final String address;
    private final TestClock clock;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private String secret = "";
    private @Nullable CDPSession wire;
    private long bytes;

    public Visitor(Browser browser, String address, TestClock clock, String name, String email) {
        this.name = name;
        this.email = email;
        this.address = address;
        this.clock = clock;
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1440, 900).setReducedMotion(ReducedMotion.REDUCE));
        // Two browsers and two servers share two cores in a run of everything.
        context.setDefaultTimeout(30_000);
        page = context.newPage();
        page.onConsoleMessage(this::listen);
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
    }

    private void listen(ConsoleMessage message) {
        // A form that was refused is answered 4xx on purpose, which the console also calls an error.
        var refused = message.text().startsWith("Failed to load resource")
                && message.location().startsWith(page.url());
        if (message.type().equals("error") && !refused) {
            complaints.add(page.url() + ": " + message.text() + " at " + message.location());
        }
    }

    public Page page() {
        return page;
    }

    public String name() {
        return name;
    }

    public List<String> complaints() {
        return complaints;
    }

    public Visitor go(String path) {
        page.navigate(address + path);
        return this;
    }

    public String text() {
        return page.locator("main").innerText();
    }

    public Visitor fill(String label, String value) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(false))
                .first()
                .fill(value);
        return this;
    }

    public Visitor choose(String label, String option) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(false))
                .first()
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(option));
        return this;
    }

    public Visitor press(String button) {
        button(button).click();
        return this;
    }

    public Visitor follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                .first()
                .click();
        return this;
    }

    public Locator button(String label) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + label)))
                .first();
    }

    /// The first run: names the company, takes the first account, enrols an authenticator.
    public Visitor setUp(String link, String company) {
        page.navigate(link);
        page.locator("[name=company]").fill(company);
        page.locator("[name=name]").fill(name);
        page.locator("[name=email]").fill(email);
        page.locator("[name=password]").fill(password());
        page.locator("main button[type=submit]").first().click();
        return enrol();
    }

    /// Takes an invitation: chooses a password, enrols an authenticator.
    public Visitor accept(String invitation) {
        go(invitation);
        page.locator("[name=password]").fill(password());
        page.locator("main button[type=submit]").first().click();
        return enrol();
    }

    private Visitor enrol() {
        secret = page.locator("#secret").innerText();
        page.locator("[name=code]").fill(code());
        page.locator("main button[type=submit]").first().click();
        page.locator("#recovery-codes").waitFor();
        page.locator("main a.btn").first().click();
        return this;
    }

    public Visitor signOut() {
        // An answer still under way to the page that is left would bring a session of its own.
        page.navigate("about:blank");
        context.clearCookies();
        return this;
    }

    /// Both factors, on the real pages.
    public Visitor signIn() {
        go("/sign-in");
        return signInHere();
    }

    /// The same where sign-in is on the screen already.
    public Visitor signInHere() {
        page.locator("[name=email]").fill(email);
        page.locator("[name=password]").fill(password());
        page.locator("main button[type=submit]").first().click();
        page.locator("[name=code]").fill(code());
        page.locator("main button[type=submit]").first().click();
        return this;
    }

    public Visitor picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
        return this;
    }

    /// Bytes over the wire, heads of answers too, until the page stands.
    ///
    /// @param anew true: the browser has kept nothing of this server, as on a first visit
    public long weigh(String path, boolean anew) {
        var heard = wire;
        if (heard == null) {
            heard = context.newCDPSession(page);
            heard.send("Network.enable");
            heard.on(
                    "Network.loadingFinished",
                    done -> bytes += done.get("encodedDataLength").getAsLong());
            wire = heard;
        }
        if (anew) {
            heard.send("Network.clearBrowserCache");
        }
        bytes = 0;
        go(path);
        page.evaluate("document.fonts.ready.then(() => true)");
        return bytes;
    }

    /// What axe-core finds that keeps somebody out: the serious and the critical.
    public List<String> barriers() {
        return barriers("axe.run(document, {resultTypes: ['violations'], preload: false})");
    }

    /// Texts that are too faint in the theme that is shown.
    public List<String> faint() {
        return barriers("axe.run(document, {runOnly: ['color-contrast']})");
    }

    /// How much of the page moved while it came up (0 to 1; people notice 0.1).
    public double layoutShift() {
        return ((Number) page.evaluate("""
                () => new Promise(done => {
                    let sum = 0;
                    new PerformanceObserver(list => {
                        for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
                    }).observe({type: 'layout-shift', buffered: true});
                    setTimeout(() => done(sum), 50);
                })
                """)).doubleValue();
    }

    /// Pixels that stick out at the right.
    public int overflow() {
        return (Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    }

    @SuppressWarnings("unchecked")
    private List<String> barriers(String run) {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            bringAxe();
        }
        var found = page.evaluate("""
                async () => (await %s).violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' | '))
                """.formatted(run));
        return (List<String>) found;
    }

    private void bringAxe() {
        try (var script = Visitor.class.getClassLoader().getResourceAsStream(AXE)) {
            if (script == null) {
                throw new IllegalStateException("axe-core is not on the test's class path");
            }
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String password() {
        return PASSWORD + name;
    }

    /// What the authenticator app shows now (RFC 6238); each code is taken once, so half a minute passes first.
    private String code() {
        var step = clock.advance(Duration.ofSeconds(30)).getEpochSecond() / 30;
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(base32(secret), "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            var offset = hash[hash.length - 1] & 0xF;
            return "%06d".formatted((ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE) % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] base32(String text) {
        var letters = text.replaceAll("[\\s=]", "");
        var bytes = ByteBuffer.allocate(letters.length() * 5 / 8);
        var bits = 0;
        var buffer = 0;
        for (var letter : letters.toCharArray()) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }

    @Override
    public void close() {
        context.close();
    }
}
