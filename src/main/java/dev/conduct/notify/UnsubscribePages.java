package dev.conduct.notify;

import dev.conduct.kernel.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Ends letters by the link in one of them (RFC 8058), without signing in: mail programs post to it, people press the
/// button. Following the link alone changes nothing, for programs that look at links do that.
@Controller
class UnsubscribePages {

    private final Preferences preferences;

    UnsubscribePages(Preferences preferences) {
        this.preferences = preferences;
    }

    @GetMapping("/unsubscribe")
    UnsubscribePage ask(@RequestParam(defaultValue = "") String token) {
        return new UnsubscribePage(token, known(token).kinds(), false);
    }

    @PostMapping("/unsubscribe")
    UnsubscribePage end(@RequestParam(defaultValue = "") String token) {
        var ending = known(token);
        preferences.end(ending);
        return new UnsubscribePage(token, ending.kinds(), true);
    }

    private Preferences.Ending known(String token) {
        return preferences.ending(token).orElseThrow(() -> Problem.notFound("This page"));
    }
}
