import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Prints the spans of OTLP bodies, as OpenTelemetry's own classes decode them: trace, id, parent, times, name. */
class Official {
  public static void main(String[] files) throws Exception {
    HexFormat hex = HexFormat.of();
    for (String file : files) {
      var request = ExportTraceServiceRequest.parseFrom(Files.readAllBytes(Path.of(file)));
      for (var resource : request.getResourceSpansList()) {
        for (var scope : resource.getScopeSpansList()) {
          for (var span : scope.getSpansList()) {
            System.out.println(
                String.join(
                    "\t",
                    hex.formatHex(span.getTraceId().toByteArray()),
                    hex.formatHex(span.getSpanId().toByteArray()),
                    hex.formatHex(span.getParentSpanId().toByteArray()),
                    Long.toString(span.getStartTimeUnixNano()),
                    Long.toString(span.getEndTimeUnixNano()),
                    span.getName()));
          }
        }
      }
    }
  }
}
