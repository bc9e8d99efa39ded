package dev.conduct.shell;

import dev.conduct.shell.Frame.Note;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/// Sentences carried over one redirect.
public final class Flash {

    private static final List<String> TONES = List.of("clear", "caution", "stop");

    private Flash() {}

    public static void done(RedirectAttributes redirect, String says) {
        redirect.addFlashAttribute("clear", says);
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
                    notes.add(new Note(tone, says));
                }
            }
        }
        return notes;
    }
}
