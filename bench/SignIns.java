import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Signs the administrator in and out again and again: from the form to the first page, without the request that hashes
/// the password, which is slow on purpose and told by itself.
final class SignIns {

    private final int port;
    private final String email;
    private final String password;
    private String code;

    private SignIns(int port, String email, String password, String code) {
        this.port = port;
        this.email = email;
        this.password = password;
        this.code = code;
    }

    /// Milliseconds of each sign-in, sorted.
    record Took(List<Double> rest, List<Double> hash) {}

    static Took measure(int port, Administrator.Account account, int times) throws Exception {
        var signIns = new SignIns(port, account.email(), account.password(), account.recoveryCode());
        var rest = new ArrayList<Double>();
        var hash = new ArrayList<Double>();
        for (var i = 0; i < times + times / 4; i++) {
            var took = signIns.once();
            if (i >= times / 4) {
                rest.add(took[0]);
                hash.add(took[1]);
            }
        }
        return new Took(rest.stream().sorted().toList(), hash.stream().sorted().toList());
    }

    private double[] once() throws Exception {
        var session = new Session(port);
        var began = System.nanoTime();
        session.open("/sign-in");
        var asked = System.nanoTime();
        session.post(Map.of("email", email, "password", password));
        var answered = System.nanoTime();
        session.follow();
        session.submit(Map.of("recovery", code));
        code = session.find("id=\"recovery-codes\">\\s*<li>([^<]+)</li>");
        session.open("/");
        var ended = System.nanoTime();
        if (session.where().startsWith("/sign-in") || !session.where().endsWith(" 200")) {
            throw new IllegalStateException("not signed in: " + session.where());
        }
        session.submit("/sign-out");
        return new double[] {(asked - began + ended - answered) / 1e6, (answered - asked) / 1e6};
    }
}
