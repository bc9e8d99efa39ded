package dev.conduct.source;

/// How commits are shown.
final class Marks {

    private static final int BRIEF = 10;

    private Marks() {}

    static String brief(String sha) {
        return sha.length() <= BRIEF ? sha : sha.substring(0, BRIEF);
    }
}
