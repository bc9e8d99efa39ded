package dev.conduct.shell;

import dev.conduct.shell.Frame.Note;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/// Sentences carried over one redirect.
public final class Flash {

    private static final String UNDO = "undo";
    private static final List<String> TONES = List.of("clear", "caution", "stop");

    private Flash() {}

    public static void done(RedirectAttributes redirect, String says) {
        redirect.addFlashAttribute("clear", says);
    }

    /// @param undo where it is taken back by one POST, a path of this server; null where it cannot be
    public static void done(RedirectAttributes redirect, String says, @Nullable String undo) {
        done(redirect, says);
        if (undo != null) {
            redirect.addFlashAttribute(UNDO, undo);
        }
    }

    public static void caution(RedirectAttributes redirect, String says) {
        redirect.addFlashAttribute("caution", says);
    }

    public static void stop(RedirectAttributes redirect, String says) {
        redirect.addFlashAttribute("stop", says);
    }

    static List<Note> notes(HttpServletRequest request) {
        var carried = RequestContextUtils.getInputFlashMap(request);
        var notes = new ArrayList<Note>();
        if (carried != null) {
            for (var tone : TONES) {
                if (carried.get(tone) instanceof String says) {
                    notes.add(new Note(
                            tone,
                            says,
                            tone.equals("clear") && carried.get(UNDO) instanceof String undo ? undo : null));
                }
            }
        }
        return notes;
    }
}
