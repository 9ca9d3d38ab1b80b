#pragma once

namespace metier::app {

/// While it lives, TERM, INT and USR1 ask for a checkpoint at the next month boundary instead of ending the program.
/// They may come any number of times; a second INT (Ctrl-C twice) ends the program at once. A pipe that nobody reads any
/// more ends nothing.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  [[nodiscard]] static bool asked();
};

}  // namespace metier::app
