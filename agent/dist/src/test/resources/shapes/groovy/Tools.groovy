package shape

import groovy.transform.CompileStatic

class GroovyBase {
  final String text
  GroovyBase(String text) { this.text = text }
  GroovyBase(Integer number) { this.text = "number $number" }
  GroovyBase(List items) { this.text = "items $items" }
}

// The constructor of the super class is chosen when it runs: a call of each, on ways of their own.
class GroovyTool extends GroovyBase {
  GroovyTool(Object... args) { super(*args) }

  def probed(name, times = 2) {
    (1..times).collect { "$name$it" }.join(',')
  }

  def probedThrowing() { throw new IllegalStateException("thrown by $text") }
}

@CompileStatic
trait Counting {
  int count = 0
  int probed(int by) { count += by; count }
}

@CompileStatic
class StaticTool implements Counting {
  String probedText(String input) { input?.toUpperCase() ?: 'nothing' }
}

class Groovy {
  static String run() {
    def tool = new GroovyTool('text')
    def other = new GroovyTool(3)
    def fixed = new StaticTool()
    fixed.probed(2)
    def script = new GroovyShell().evaluate('def probed(x) { x * 2 }; probed(21)')
    [tool.probed('a'), tool.probed('b', 1), other.text, new GroovyTool([1, 2]).text,
     fixed.probed(3), fixed.probedText(null), fixed.probedText('x'), script,
     Shapes.attempt { tool.probedThrowing() }.readLines()[0],
     Shapes.attempt { new GroovyTool(1.5f) }.readLines()[0]].join('\n')
  }
}
