package dev.conduct.shell;

import dev.conduct.identity.Actor;
import dev.conduct.identity.SessionEnds;
import dev.conduct.identity.SetUp;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry.Entry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.util.WebUtils;

/// Puts together what the layout shows around the page of one request.
@Component
class Frames implements Frame.Source {

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final ProductChoice.Chosen NONE = new ProductChoice.Chosen(null, false);
    private static final List<String> SECTIONS = List.of("", "Lines", "Evidence", "Rule book", "Administration");

    private final List<NavigationEntry> navigation;
    private final Assets assets;
    private final StationTime stationTime;
    private final Procedures procedures;
    private final Ledger ledger;
    private final SetUp setUp;
    private final List<ProductChoice> choices;
    private final SessionEnds sessionEnds;
    private final AtomicReference<String> company = new AtomicReference<>("");
    private final boolean demo;

    Frames(
            List<NavigationEntry> navigation,
            Assets assets,
            StationTime stationTime,
            Procedures procedures,
            Ledger ledger,
            SetUp setUp,
            List<ProductChoice> choices,
            SessionEnds sessionEnds,
            @Value("${conduct.demo:false}") boolean demo) {
        this.navigation = navigation;
        this.assets = assets;
        this.stationTime = stationTime;
        this.procedures = procedures;
        this.ledger = ledger;
        this.setUp = setUp;
        this.choices = choices;
        this.sessionEnds = sessionEnds;
        this.demo = demo;
    }

    @Override
    public Frame of(HttpServletRequest request) {
        var actor = actor(request);
        var query = request.getQueryString();
        var path = request.getRequestURI();
        return new Frame(
                actor,
                actor == null ? "" : initials(actor.name()),
                company(),
                path,
                query == null ? path : path + "?" + query,
                theme(request),
                demo,
                actor == null ? stationTime.words() : stationTime.words(actor),
                actor == null ? List.of() : sections(actor),
                Flash.notes(request),
                procedures.at(stationTime.words().now()).version(),
                sealed(),
                assets,
                actor == null ? Frame.Own.NOBODYS : own(actor, request));
    }

    private Frame.Own own(Actor actor, HttpServletRequest request) {
        var chosen = actor.outside()
                ? NONE
                : choices.stream().map(one -> one.of(actor)).findFirst().orElse(NONE);
        return new Frame.Own(
                actor.id(), chosen.product(), chosen.several(), !Keyboard.off(actor), sessionEnds.of(request, actor));
    }

    /// Set once, at set-up, and never again.
    private String company() {
        if (company.get().isEmpty()) {
            try {
                company.set(setUp.company());
            } catch (DataAccessException | TransactionException unreadable) {
                return "";
            }
        }
        return company.get();
    }

    /// The size of the log; null when it cannot be read, for the page that says so must still be shown.
    private @Nullable Long sealed() {
        try {
            return ledger.status().size();
        } catch (DataAccessException | TransactionException unreadable) {
            return null;
        }
    }

    private static @Nullable Actor actor(HttpServletRequest request) {
        return request.getAttribute(Actor.class.getName()) instanceof Actor actor ? actor : null;
    }

    private List<Frame.Section> sections(Actor actor) {
        if (actor.outside()) {
            return List.of(new Frame.Section("", List.of(new Entry("", 0, "My requests", "/portal", "house", null))));
        }
        var entries = navigation.stream()
                .flatMap(entry -> entry.entries(actor).stream())
                .sorted(Comparator.comparing(Entry::order))
                .toList();
        return SECTIONS.stream()
                .map(section -> new Frame.Section(
                        section,
                        entries.stream()
                                .filter(entry -> entry.section().equals(section))
                                .toList()))
                .filter(section -> !section.entries().isEmpty())
                .toList();
    }

    private static String theme(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, Theme.COOKIE);
        return cookie == null ? "" : Theme.known(cookie.getValue());
    }

    /// First letters of the first and last word of a name.
    static String initials(String name) {
        var words = SPACES.split(name.strip());
        var letters =
                words[0].codePoints().limit(1).mapToObj(Character::toString).collect(Collectors.joining());
        if (words.length > 1) {
            letters += words[words.length - 1]
                    .codePoints()
                    .limit(1)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
        }
        return letters.toUpperCase(java.util.Locale.ROOT);
    }
}
