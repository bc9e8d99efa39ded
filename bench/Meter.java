/// How much CPU the server and its database have used, in seconds: unlike rates it stays the same when other programs
/// are busy on the machine.
@FunctionalInterface
interface Meter {

    record Spent(double server, double database) {

        Spent since(Spent before) {
            return new Spent(server - before.server, database - before.database);
        }
    }

    Spent read() throws Exception;
}
