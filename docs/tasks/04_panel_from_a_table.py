panel = tp.ahp(judgments)
panel.by_group
panel.plot().figure.savefig("panel.png")
