import java.util.Map;

/// Sets the installation up as its first administrator would, through the same pages, and returns the signed-in session.
final class Administrator {

    private Administrator() {}

    static Session setUp(int port, String link) throws Exception {
        var session = new Session(port);
        session.open(link)
                .submit(Map.of(
                        "company", "Bench",
                        "name", "Bench Runner",
                        "email", "bench@bench.example",
                        "password", "correct-bench-battery-" + port));
        var secret = session.find("id=\"secret\">\\s*([A-Z2-7 ]+)");
        session.submit(Map.of("code", Totp.code(secret, System.currentTimeMillis() / 1000)));
        if (!session.open("/lines/bug").where().equals("/lines/bug 200")) {
            throw new IllegalStateException("not signed in: " + session.where());
        }
        return session;
    }
}
