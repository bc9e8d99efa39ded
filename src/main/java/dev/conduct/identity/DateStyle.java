package dev.conduct.identity;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a person wants dates written.
public enum DateStyle {
    DAY_FIRST("en-GB", "5 March 2026"),
    MONTH_FIRST("en-US", "March 5, 2026"),
    NUMBERS("en-SE", "2026-03-05");

    private final Locale locale;
    private final String example;

    DateStyle(String locale, String example) {
        this.locale = Locale.forLanguageTag(locale);
        this.example = example;
    }

    /// A place that writes so.
    public Locale locale() {
        return locale;
    }

    public String example() {
        return example;
    }

    /// Day first where the tag is none of ours.
    public static DateStyle of(@Nullable Locale locale) {
        return Arrays.stream(values())
                .filter(style -> style.locale.equals(locale))
                .findFirst()
                .orElse(DAY_FIRST);
    }
}
