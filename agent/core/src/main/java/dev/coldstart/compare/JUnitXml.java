package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.report.Human;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** One test case for each gated metric; its time is the new median in s. */
final class JUnitXml {
  static String render(Comparison comparison) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      suite(xml, comparison);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private static void suite(XMLStreamWriter xml, Comparison comparison) throws XMLStreamException {
    List<Metric> gated = comparison.gated();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "coldstart");
    xml.writeAttribute("tests", String.valueOf(gated.size()));
    xml.writeAttribute("failures", count(comparison, Verdict.REGRESSION));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", count(comparison, Verdict.INCONCLUSIVE));
    for (Metric metric : gated) {
      xml.writeCharacters("\n  ");
      testCase(xml, metric);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static void testCase(XMLStreamWriter xml, Metric metric) throws XMLStreamException {
    String name = Human.clean(metric.name(), 200);
    int dot = name.indexOf('.');
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", dot < 0 ? "coldstart" : "coldstart." + name.substring(0, dot));
    xml.writeAttribute("name", name.substring(dot + 1));
    xml.writeAttribute(
        "time", String.format(Locale.ROOT, "%.6f", metric.otherNanos().estimate() / 1e9));
    if (metric.is(Verdict.REGRESSION)) {
      xml.writeStartElement("failure");
      xml.writeAttribute("type", "regression");
      xml.writeAttribute("message", metric.reason());
      xml.writeCharacters(
          "base "
              + Human.time(metric.baseNanos().estimate())
              + ", new "
              + Human.time(metric.otherNanos().estimate())
              + ", shift "
              + Words.change(metric)
              + ", 95 % interval "
              + Words.interval(metric)
              + ", p "
              + Words.p(metric)
              + ", budget "
              + metric.budget());
      xml.writeEndElement();
    } else if (metric.is(Verdict.INCONCLUSIVE)) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", "inconclusive: " + metric.reason());
    }
    xml.writeEndElement();
  }

  private static String count(Comparison comparison, Verdict verdict) {
    return String.valueOf(comparison.with(verdict).size());
  }

  private JUnitXml() {}
}
