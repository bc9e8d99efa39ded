// The station's clock and what is left of every deadline, once a minute.
const station = document.querySelector("[data-station]");
if (station) {
  const served = new Date(station.dateTime).getTime();
  const loaded = Date.now();
  const [hour, minute] = station.textContent.split(":").map(Number);
  const now = () => served + (Date.now() - loaded);
  const two = (number) => String(number).padStart(2, "0");
  const duration = (milliseconds) => {
    const minutes = Math.floor(Math.abs(milliseconds) / 60000);
    if (minutes < 60) return `${minutes} min`;
    if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)}`;
    return `${Math.floor(minutes / 1440)} d ${two(Math.floor(minutes / 60) % 24)} h`;
  };
  const tick = () => {
    const passed = Math.floor(now() / 60000) - Math.floor(served / 60000);
    const minutes = (hour * 60 + minute + passed) % 1440;
    station.textContent = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    for (const left of document.querySelectorAll("[data-due]")) {
      const rest = new Date(left.dataset.due).getTime() - now();
      left.textContent = (rest < 0 ? "+" : left.dataset.before || "") + duration(rest) + (left.dataset.after && rest >= 0 ? ` ${left.dataset.after}` : "");
      if (rest < 0) left.closest(".due")?.classList.add("over");
    }
  };
  setTimeout(() => {
    tick();
    setInterval(tick, 60000);
  }, 60000 - (served % 60000));
}
