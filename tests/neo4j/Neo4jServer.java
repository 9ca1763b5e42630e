import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j community server with the settings of HOME/neo4j.conf. Prints "up"; ends when its standard input does. */
class Neo4jServer {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("neo4j.conf"))
                .build();
        System.out.println("up");
        while (System.in.read() != -1) {
            // nothing is said to the server; the end of its input is the sign to end
        }
        server.shutdown();
    }
}
