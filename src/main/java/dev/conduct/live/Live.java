package dev.conduct.live;

/// What other modules need to know of live pages.
public final class Live {

    /// Announcing somebody's id on this channel tells their open pages that something waits for them.
    public static final String PEOPLE = "live_person";

    private Live() {}
}
