package dev.conduct.support;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/// Pictures for the guide, taken by the tests that see the pages anyway: with `-Dguide.pictures=true` they are written
/// anew.
public final class Guide {

    private static final Path IMAGES = Path.of("docs", "images");

    private Guide() {}

    public static boolean wanted() {
        return Boolean.getBoolean("guide.pictures");
    }

    /// What stands on the screen now, at the size the guide shows.
    ///
    /// @param name of the file, without its ending
    public static void picture(Page page, String name) {
        if (wanted()) {
            // The pointer rests where it changes nothing.
            page.mouse().move(0, 0);
            page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
        }
    }
}
