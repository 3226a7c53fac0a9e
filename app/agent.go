package app

import "strings"

// agentName says in a few words what a browser calls itself: "Chrome di
// Android". It is for recognising one's own sessions and proves nothing.
func agentName(agent string) string {
	browser := firstIn(agent, "Browser lain", "Edg/", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet",
		"Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari")
	system := firstIn(agent, "", "Android", " di Android", "iPhone", " di iPhone", "iPad", " di iPad",
		"Windows", " di Windows", "Mac OS", " di Mac", "Linux", " di Linux")
	return browser + system
}

// firstIn finds the first of some marks in text and gives the name after it.
func firstIn(text, otherwise string, marksAndNames ...string) string {
	for i := 0; i+1 < len(marksAndNames); i += 2 {
		if strings.Contains(text, marksAndNames[i]) {
			return marksAndNames[i+1]
		}
	}
	return otherwise
}
