package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.KeyStatus;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.Rotations;
import dev.conduct.shell.Flash;
import java.time.InstantSource;
import java.util.Arrays;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Shows the encryption keys and begins their rotation.
@Controller
class KeysPages {

    private final KeyStatus status;
    private final Rotations rotations;
    private final People people;
    private final InstantSource time;

    KeysPages(KeyStatus status, Rotations rotations, People people, InstantSource time) {
        this.status = status;
        this.rotations = rotations;
        this.people = people;
        this.time = time;
    }

    @GetMapping("/admin/keys")
    KeysPage show() {
        var overview = status.now();
        var starters = overview.rotations().stream()
                .map(Rotations.Rotation::startedBy)
                .distinct()
                .toList();
        return new KeysPage(overview, people.byId(starters), time.instant());
    }

    @PostMapping("/admin/keys/{purpose}/rotation")
    String rotate(@PathVariable String purpose, Actor actor, RedirectAttributes redirect) {
        var chosen = Arrays.stream(Purpose.values())
                .filter(one -> one.word().equals(purpose))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("These keys"));
        try {
            rotations.begin(chosen, actor.id(), actor.via());
            Flash.done(redirect, "A new key is in use. Everything is brought under it while you go on working.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/admin/keys";
    }
}
