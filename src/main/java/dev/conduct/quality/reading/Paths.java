package dev.conduct.quality.reading;

/// Paths in reports of tools that write where the build happened to stand.
final class Paths {

    private static final int SEGMENTS = 5;

    private Paths() {}

    /// What of a path tells the file again on another machine: a relative one as it is, of an absolute one its end.
    static String told(String path) {
        var plain = path.replace('\\', '/').strip();
        var absolute = plain.startsWith("/") || plain.matches("[A-Za-z]:/.*");
        var at = plain.length();
        for (var i = 0; absolute && i < SEGMENTS && at > 0; i++) {
            at = plain.lastIndexOf('/', at - 1);
        }
        return absolute && at > 0 ? plain.substring(at + 1) : plain;
    }
}
