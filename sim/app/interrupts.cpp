#include "sim/app/interrupts.hpp"

#include <array>
#include <csignal>
#include <cstddef>

namespace metier::app {

namespace {
constexpr std::array<int, 4> kSignals{SIGTERM, SIGINT, SIGUSR1, SIGPIPE};
volatile std::sig_atomic_t interrupt_asked = 0;
std::array<struct sigaction, kSignals.size()> before;

void note(int) { interrupt_asked = 1; }
}  // namespace

Interrupts::Interrupts() {
  interrupt_asked = 0;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = kSignals[i] == SIGPIPE ? SIG_IGN : note;  // nobody reads the messages any more: the run goes on
    action.sa_flags = SA_RESTART | (kSignals[i] == SIGINT ? static_cast<int>(SA_RESETHAND) : 0);
    sigaction(kSignals[i], &action, &before[i]);
  }
}

Interrupts::~Interrupts() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
}

bool Interrupts::asked() { return interrupt_asked != 0; }

}  // namespace metier::app
