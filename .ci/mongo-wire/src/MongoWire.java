import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** A MongoDB wire-protocol server in memory, for tests: `java … MongoWire PORT` (0: any free one). */
public final class MongoWire {
  public static void main(String[] args) {
    // The library knows versions up to wire 8; today's drivers ask for 9 or more.
    MongoVersion version =
        new MongoVersion() {
          @Override
          public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
          }

          @Override
          public int getWireVersion() {
            return 13;
          }
        };
    MemoryBackend backend = new MemoryBackend();
    backend.version(version);
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", Integer.parseInt(args[0]));
    System.out.println("ready mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
  }
}
